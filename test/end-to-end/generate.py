#!/usr/bin/python3
"""Generate the C++ of one Brian2 script, and the truth about its groups.

    generate.py SCRIPT --out DIR [--device NAME]

writes DIR/project (a `cpp_standalone` project unless another device is named)
and DIR/truth.json.  The script runs unchanged: whatever device it asks for, it
gets this one without build; nothing is compiled, nothing is simulated.  A
script that reads results reads zeros, so that it goes on to its next run();
where it stumbles over them it ends, and what it had set up until then is
written.

Exit status: 0 done, 77 the script cannot be generated (the reason is printed).
"""
import argparse
import functools
import inspect
import json
import multiprocessing
import os
import random
import runpy
import shutil
import signal
import sys
import tempfile
import traceback
import types

CANNOT = 77
TIME_LIMIT = 90  # seconds, then what is there is written
RUN_LIMIT = 8  # a script with more runs than this repeats itself

if os.environ.get('PYTHONHASHSEED') != '0' and __name__ == '__main__':
    # Brian2 walks over sets of names: without this the order varies.
    os.environ['PYTHONHASHSEED'] = '0'
    os.execv(sys.executable, [sys.executable] + sys.argv)

os.environ['MPLBACKEND'] = 'Agg'

import warnings  # noqa: E402
warnings.simplefilter('ignore')

import brian2  # noqa: E402
import numpy as np  # noqa: E402
from brian2.core.network import Network  # noqa: E402
from brian2.core.variables import VariableView  # noqa: E402
from brian2.devices.cpp_standalone import device as standalone  # noqa: E402
from brian2.stateupdaters import base as stateupdaters  # noqa: E402
from brian2.stateupdaters.base import StateUpdateMethod  # noqa: E402

import devices  # noqa: E402
import generators  # noqa: E402
import truth  # noqa: E402


class Finished(BaseException):
    """Ends the script: what follows would only start another project.
    Not an Exception, so that no handler in the script catches it."""


class Recorder:
    """Hooks into Brian2 and keeps what was true at each run."""

    def __init__(self, device='cpp_standalone'):
        self.name = device
        self.device = devices.load(device)
        self.refused = False  # by the device
        self.runs = []
        self.created = []  # names of all groups, whether they run or not
        self.methods = {}
        self.namespace = {}
        self.objects = []
        self.assigned = {}  # cable properties: {variable: values or None}

    def install(self):
        self._force_device()
        self._record_runs()
        self._record_groups()
        self._record_methods()
        self._record_cables()
        self._ignore_what_standalone_lacks()
        self._read_zeros()
        _repair_gsl()
        _know_exact()
        devices.hash_by_creation()

    def _force_device(self):
        """`set_device` in all its places does nothing from here on; a second
        project in one script (`reinit`) ends the script."""
        brian2.set_device(self.name, build_on_run=False)
        for module in (brian2, brian2.devices,
                       sys.modules['brian2.devices.device']):
            for name in ('set_device', 'reset_device', 'reinit_devices'):
                if hasattr(module, name):
                    setattr(module, name, self._no_other_device)
        cls = type(self.device)
        original_reinit = cls.reinit

        def reinit(this):
            if self.runs:
                raise Finished('device.reinit()')
            original_reinit(this)

        def activate(this, *args, **kwds):
            return original_activate(this, build_on_run=False)

        def build(this, *args, **kwds):
            raise Finished('device.build()')

        original_activate = cls.activate
        self.build = cls.build
        cls.reinit, cls.activate, cls.build = reinit, activate, build

    def _no_other_device(self, *args, **kwds):
        if self.runs:
            raise Finished('another device')

    def _record_runs(self):
        """`before_run` knows the namespace, `network_run` the duration."""
        cls = type(self.device)
        network_run, before_run = cls.network_run, Network.before_run
        code = devices.code_object_class(self.device)

        def recording_before_run(net, namespace):
            self.namespace = namespace
            self.objects = list(net.objects)  # a magic network forgets them
            return before_run(net, namespace)

        def recording_run(device, net, duration, *args, **kwds):
            if callable(kwds.get('report')):
                kwds['report'] = None  # Python code cannot report from C++
            # one stack frame more between the script and its namespace
            kwds['level'] = kwds.get('level', 0) + 1
            try:
                network_run(device, net, duration, *args, **kwds)
            except NotImplementedError:
                if self.name in generators.PACKAGES:
                    self.refused = True
                raise
            devices.allow_build_after_run(device)
            self.runs.append(truth.describe_run(
                net.name, self.objects, duration, self.namespace,
                self.methods, self.assigned, code))
            if len(self.runs) == RUN_LIMIT:
                raise Finished(f'{RUN_LIMIT} runs')

        Network.before_run = recording_before_run
        cls.network_run = recording_run

    def _record_groups(self):
        original = brian2.NeuronGroup.__init__

        def recording_init(group, *args, **kwds):
            original(group, *args, **kwds)
            self.created.append(group.name)

        brian2.NeuronGroup.__init__ = recording_init
        original_cable = brian2.SpatialNeuron.__init__

        def recording_cable(neuron, morphology=None, model=None,
                            *args, **kwds):
            original_cable(neuron, morphology, model, *args, **kwds)
            if isinstance(model, str):
                model = brian2.Equations(model)
            # a group forbids new attributes
            object.__setattr__(neuron, 'written_equations', model)

        brian2.SpatialNeuron.__init__ = recording_cable

    def _record_methods(self):
        """Which state updater is applied when the user gives a list."""
        original = StateUpdateMethod.apply_stateupdater
        takes_options = ('method_options'
                         in inspect.signature(original).parameters)

        def apply(equations, variables, method, method_options=None,
                  group_name=None):
            if isinstance(method, (list, tuple)):
                for one in method:
                    try:
                        return apply(equations, variables, one,
                                     group_name=group_name)
                    except stateupdaters.UnsupportedEquationsException:
                        pass
                raise ValueError('No suitable stateupdater')
            options = ({'method_options': method_options} if takes_options
                       else {})  # since 2.1
            code = original(equations, variables, method,
                            group_name=group_name, **options)
            self.methods[group_name] = _method_name(method)
            return code

        StateUpdateMethod.apply_stateupdater = staticmethod(apply)

    def _record_cables(self):
        """What the script assigns to `Cm` and `Ri`; the device forgets it.
        An expression is known to the simulation only."""
        cls = type(self.device)
        set_values = cls.variableview_set_with_index_array

        def is_cable(view):
            return (view.name in ('Cm', 'Ri')
                    and isinstance(view.variable.owner, brian2.SpatialNeuron))

        def recording_set(device, view, item, value, check_units):
            set_values(device, view, item, value, check_units)
            if not is_cable(view):
                return
            values = self.assigned.setdefault(
                view.variable, np.zeros(view.variable.size))
            if values is None:
                return
            if view.index_var in ('_idx', '0'):
                values[item] = value
            else:
                values[view.indexing(item, index_var=view.index_var)] = value

        def forgetting(original):
            @functools.wraps(original)  # Brian2 keeps things in attributes
            def set_with_expression(view, *args, **kwds):
                if is_cable(view):
                    self.assigned[view.variable] = None
                return original(view, *args, **kwds)
            return set_with_expression

        cls.variableview_set_with_index_array = recording_set
        for name in ('set_with_expression', 'set_with_expression_conditional'):
            setattr(VariableView, name,
                    forgetting(getattr(VariableView, name)))

    def _read_zeros(self):
        """Results do not exist without a simulation: zeros stand in for them.
        (What the script itself assigned is known, and read as it is.)  Brian2
        handles unknown synapses before the first run by itself."""
        cls = type(self.device)
        get_value = cls.get_value

        def value_or_zeros(device, var, access_data=True):
            try:
                return get_value(device, var, access_data)
            except NotImplementedError:
                if not self.runs and isinstance(var.owner, brian2.Synapses):
                    raise
                return np.zeros(var.size, dtype=var.dtype)

        def subexpression(device, view, item, run_namespace=None):
            return np.zeros(np.shape(view.indexing(item, view.index_var)))

        cls.get_value = value_or_zeros
        cls.variableview_get_subexpression_with_index_array = subexpression
        cls.variableview_get_with_expression = (
            lambda *args, **kwds: np.zeros(0))
        cls.network_get_profiling_info = lambda *args: []

    def _ignore_what_standalone_lacks(self):
        """Scripts for the runtime device store and restore the state; for
        the generated equations that makes no difference."""
        cls = type(self.device)
        cls.network_store = cls.network_restore = lambda *args, **kwds: None
        multiprocessing.Pool = SerialPool
        sys.modules['joblib'] = types.SimpleNamespace(
            Parallel=lambda *args, **kwds: lambda jobs: [f() for f in jobs],
            delayed=lambda f: lambda *args: lambda: f(*args))


class SerialPool:
    """`multiprocessing.Pool` in this process: the first job is generated."""

    def __init__(self, *args, **kwds):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def map(self, function, values):
        return [function(value) for value in values]


def _method_name(method):
    if isinstance(method, str):
        return method.lower()
    for name, known in StateUpdateMethod.stateupdaters.items():
        if known is method:
            return name
    return 'custom'


def _repair_gsl():
    """From 2.4 to 2.9 Brian2 cannot generate GSL code in standalone mode:
    the code object lacks the methods that its siblings got then.  This is
    what 2.10 does (brian2 pull request 1687)."""
    try:
        from brian2.devices.cpp_standalone import GSLcodeobject
    except ImportError:
        return
    cls = GSLcodeobject.GSLCPPStandaloneCodeObject
    sibling = standalone.CPPStandaloneCodeObject
    if (issubclass(cls, sibling) or 'run_block' in cls.__dict__
            or not hasattr(sibling, 'run_block')):
        return
    original_init = cls.__init__

    def init(self, *args, **kwds):
        original_init(self, *args, **kwds)
        self.before_after_blocks = []

    def compile_block(self, block):
        if block == 'run':
            self.code.cpp_file = self.code.cpp_file.replace(
                'int _GSL_func(',
                '// CONSTANTS\n    %CONSTANTS%\n    int _GSL_func(')
            # From 2.6 on it is there for Cython; no C++ function has it inside.
            self.code.cpp_file = self.code.cpp_file.replace('extern "C" ', '')

    cls.__init__, cls.compile_block = init, compile_block
    cls.__call__, cls.run_block = sibling.__call__, sibling.run_block


def _know_exact():
    """Until 2.1 the method `exact` was called `linear`."""
    known = StateUpdateMethod.stateupdaters
    known.setdefault('exact', known.get('linear'))


def _out_of_time(*_):
    raise Finished(f'{TIME_LIMIT} seconds')


def run_script(script):
    """Run it as `python script` would, in a scratch directory, so that no
    script writes beside itself; returns why it ended early, or None."""
    script = os.path.abspath(script)
    scratch = tempfile.mkdtemp(prefix='brian2lift_')
    folder = os.path.dirname(script)
    for name in os.listdir(folder):  # data files, styles
        os.symlink(os.path.join(folder, name), os.path.join(scratch, name))
    before = os.getcwd()
    os.chdir(scratch)
    sys.path.insert(0, folder)
    sys.argv = [script]
    signal.signal(signal.SIGALRM, _out_of_time)
    signal.alarm(TIME_LIMIT)
    try:
        runpy.run_path(script, run_name='__main__')
    except Finished as reason:
        return f'stopped at {reason}'
    except SystemExit as reason:
        return f'exit {reason}'
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)
        lines = [f.lineno for f in where if f.filename == script]
        where = f'line {lines[-1] if lines else "?"}'
        message = str(error).strip().splitlines() or ['']
        if message[-1].startswith('(See above'):  # until 2.4
            errors = [line for line in message if 'Error: ' in line]
            return f'{where}: {(errors or message[-2:])[-1]}'
        while error.__cause__ is not None:  # Brian2 wraps the real error
            error = error.__cause__
            message += str(error).strip().splitlines()[:1]
        return f'{where}: {type(error).__name__}: {message[-1]}'
    finally:
        signal.alarm(0)
        os.chdir(before)
        shutil.rmtree(scratch, ignore_errors=True)
    return None


def generate(script, out, device='cpp_standalone'):
    """Returns the exit status and one line that says what happened."""
    random.seed(0)
    np.random.seed(0)
    recorder = Recorder(device)
    recorder.install()
    reason = run_script(script)
    if recorder.refused or not recorder.runs:
        return CANNOT, ('cannot be generated: '
                        f'{reason or "no run()"}')
    os.makedirs(out, exist_ok=True)
    for name in ('project', 'truth.json'):
        path = os.path.join(out, name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.remove(path)
    arguments = {'directory': os.path.join(out, 'project'), 'compile': False,
                 'run': False}
    accepted = inspect.signature(recorder.build).parameters
    try:
        recorder.build(recorder.device, **{
            name: value for name, value in arguments.items()
            if name in accepted})
    except (NotImplementedError, KeyError) as error:
        if not devices.refuses(error):
            raise
        shutil.rmtree(arguments['directory'], ignore_errors=True)
        return CANNOT, f'cannot be generated: {error}'
    with open(os.path.join(out, 'truth.json'), 'w') as file:
        json.dump({'brian2': brian2.__version__, **devices.describe(device),
                   'script': script, 'stopped': reason,
                   'created': recorder.created, 'runs': recorder.runs},
                  file, indent=1)
        file.write('\n')
    groups = sum(len(run['groups']) + len(run['spatialneurons'])
                 for run in recorder.runs)
    return 0, (f'{len(recorder.runs)} runs, {groups} groups'
               + (f' ({reason})' if reason else ''))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('script')
    parser.add_argument('--out', required=True)
    parser.add_argument('--device', default='cpp_standalone')
    arguments = parser.parse_args()
    brian2.BrianLogger.suppress_name('')
    status, message = generate(arguments.script, arguments.out,
                               arguments.device)
    print(f'{arguments.script}: {message}')
    return status


if __name__ == '__main__':
    sys.exit(main())
