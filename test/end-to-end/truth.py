"""What was true of a Brian2 network at one run, as plain JSON values.

`generate.py` calls `describe_run` while the script's objects are alive.  The
notation follows the seed's collector (see docs of the collector JSON); what
the seed does not have is added beside it: exact doubles (`value_si`),
expressions with their subexpressions substituted, the deterministic and the
stochastic part of each equation, the implementation names of functions.
"""
import numbers
import re

import numpy as np
import sympy

from brian2.core.functions import (DEFAULT_CONSTANTS, DEFAULT_FUNCTIONS,
                                   Function)
from brian2.core.namespace import DEFAULT_UNITS
from brian2.core.variables import Constant, Variable
from brian2.equations.codestrings import Expression
from brian2.equations.equations import (DIFFERENTIAL_EQUATION, INTEGER,
                                        PARAMETER, SUBEXPRESSION)
from brian2.groups.group import CodeRunner
from brian2.groups.neurongroup import NeuronGroup
from brian2.groups.subgroup import Subgroup
from brian2.input.timedarray import TimedArray
from brian2.parsing.sympytools import str_to_sympy, sympy_to_str
from brian2.spatialneuron import SpatialNeuron
from brian2.units.fundamentalunits import (Quantity, get_dimensions,
                                           get_unit)
from brian2.utils.stringtools import get_identifiers, word_substitute

#: Two names of one method: the second is what the collector JSON calls it.
METHOD_ALIASES = {'linear': 'exact', 'independent': 'exact',
                  'gsl': 'gsl_rkf45'}


def plain(value):
    """The exact Python number behind a numpy scalar; JSON has no infinity, so
    non-finite values are written as Python's `repr` writes them."""
    value = np.asarray(value).item()
    if isinstance(value, float) and not np.isfinite(value):
        return repr(value)
    return value


def describe_run(network, objects, duration, namespace, methods, assigned,
                 code):
    """One `run()`: every group among the objects; `methods` maps a
    group's name to the state updater that really was applied, `assigned` a
    variable to its values where the script set them; `code` is the class of
    the device's code objects."""
    groups, spatialneurons, others = [], [], []
    for obj in sorted(objects, key=lambda obj: obj.name):
        if isinstance(obj, SpatialNeuron):
            described = describe_group(obj, namespace, methods, code)
            described.update(describe_cable(obj, assigned))
            spatialneurons.append(described)
        elif isinstance(obj, NeuronGroup):
            groups.append(describe_group(obj, namespace, methods, code))
        else:
            other = {'name': obj.name, 'class': type(obj).__name__}
            try:
                other['N'] = len(obj)
            except (TypeError, NotImplementedError):
                pass
            others.append(other)
    return {'duration_si': float(duration), 'duration': str(duration),
            'network': network, 'groups': groups,
            'spatialneurons': spatialneurons, 'others': others}


def describe_group(group, namespace, methods, code):
    """One NeuronGroup in the seed's form and more; of a SpatialNeuron what it
    has in common with one."""
    raw = methods.get(group.name)
    subexpressions = substituted_expressions(group, namespace)
    described = {
        'name': group.name, 'class': type(group).__name__, 'N': int(group._N),
        'active': bool(group.active),
        'method_choice': method_choice(group.method_choice),
        'method_raw': raw, 'method': METHOD_ALIASES.get(raw, raw),
        'equations': describe_equations(group, subexpressions),
        'events': describe_events(group, subexpressions),
        'clock': {'dt': str(group.clock.dt), 'dt_si': float(group.clock.dt_),
                  'name': group.clock.name},
    }
    operations = list(run_regularly(group))
    if operations:
        described['run_regularly'] = operations
    linked = {}
    for name in sorted(group._linked_variables):
        if name in group.variables:
            target = group.variables[name]
            linked[name] = {'group': target.owner.name,
                            'variable': target.name}
    if linked:
        described['linked'] = linked
    names = set(user_equations(group).identifiers)
    for event in described['events'].values():
        for key in ('threshold', 'reset', 'refractory_substituted'):
            names |= get_identifiers(event.get(key, ''))
    for operation in operations:
        names |= get_identifiers(operation['code'])
    described['identifiers'], described['functions'] = {}, {}
    for name in sorted(names - set(group.variables)):
        describe_name(group, name, namespace, described, code)
    return described


def user_equations(group):
    """What the script says: a SpatialNeuron replaces it by more equations,
    `generate.py` keeps it."""
    return getattr(group, 'written_equations', group.user_equations)


def describe_cable(neuron, assigned):
    """What a SpatialNeuron has besides: its membrane and its shape.

    Brian2 adds point currents to `Im` and splits it into `I0 - gtot*v`, which
    is what the generated code computes.  `Cm` and `Ri` are one number where
    they are uniform, else a list, and null where the script sets them by an
    expression: only the simulation knows them then.
    """
    membrane = {'Im': neuron.equations['Im'].expr.code}
    for name, expr in neuron.equations.get_substituted_expressions(
            include_subexpressions=True):
        if name in ('Im', 'I0__private', 'gtot__private'):
            key = {'Im': 'Im_substituted'}.get(name, name.split('__')[0])
            membrane[key] = expr.code
    described = {'membrane': membrane, 'morphology': describe_shape(neuron)}
    for name in ('Cm', 'Ri'):
        described[name] = uniform(assigned[neuron.variables[name]])
    # how Brian2 writes `threshold_location` into the condition
    location = re.fullmatch(r'\(.*\) and \(i == (\d+)\)',
                            neuron.events.get('spike', ''), re.DOTALL)
    if location:
        described['threshold_location'] = int(location.group(1))
    return described


def describe_shape(neuron):
    """The compartments, and the sections that they make up."""
    flat = neuron.flat_morphology
    names = ['length', 'distance', 'area', 'diameter', 'r_length_1',
             'r_length_2']
    if flat.has_coordinates:
        names += ['x', 'y', 'z']
    shape = {name: [plain(value) for value in getattr(flat, name)]
             for name in names}
    sections = []

    def add(section, name, parent):
        start = int(section.indices[:][0])
        sections.append({'name': name, 'class': type(section).__name__,
                         'start': start, 'n': int(section.n),
                         'parent': parent})
        index = len(sections) - 1
        for child in section.children:
            add(child, section.children.name(child), index)

    add(neuron.morphology, None, None)
    shape['sections'] = sections
    return shape


def uniform(values):
    """One number if all are equal, else the list."""
    if values is None:
        return None
    values = [plain(value) for value in values]
    return values[0] if values.count(values[0]) == len(values) else values


def method_choice(method):
    """The `method` argument: a name, a list of names, or 'custom'."""
    if isinstance(method, str):
        return method
    if isinstance(method, (list, tuple)):
        return [method_choice(one) for one in method]
    return 'custom'


def substituted_expressions(group, namespace):
    """{variable: expression} with subexpressions substituted as Brian2 does
    for its state updaters: those that are constant over dt stay as names,
    because the generated code stores them in arrays of their own."""
    equations = user_equations(group)
    names = set().union(*[eq.identifiers for eq in equations.values()])
    variables = {}
    for name in names:
        try:
            variables[name] = group._resolve(name, run_namespace=namespace,
                                             user_identifier=False)
        except KeyError:
            pass  # xi and the like
    result, substitutions = {}, {}
    for eq in equations.ordered:
        if eq.expr is None:
            continue
        expr = sympy_to_str(str_to_sympy(eq.expr.code, variables)
                            .xreplace(substitutions))
        result[eq.varname] = expr
        if eq.type == SUBEXPRESSION and 'constant over dt' not in eq.flags:
            assumption = ({'integer': True} if eq.var_type == INTEGER
                          else {'real': True})
            symbol = sympy.Symbol(eq.varname, **assumption)
            substitutions[symbol] = str_to_sympy(expr, variables)
    return result


def describe_equations(group, substituted):
    """The user's equations; Brian2's own variables are not among them."""
    described = {}
    for name, eq in user_equations(group).items():
        # 2.0 keeps the unit that the user wrote, later ones its dimensions
        dim = eq.dim if hasattr(eq, 'dim') else get_dimensions(eq.unit)
        dimensions = [float(d) for d in dim._dims]
        # (which calls a pure number rad^3)
        unit = str(get_unit(dim)) if any(dimensions) else 'rad'
        entry = {'unit': unit, 'type': eq.type,
                 'dtype': eq.var_type,
                 'dimensions': dimensions}
        if eq.flags:
            entry['flags'] = sorted(eq.flags)
        if eq.type != PARAMETER:
            entry['expr'] = eq.expr.code
            entry['expr_substituted'] = substituted[name]
        if eq.type == DIFFERENTIAL_EQUATION:
            f, noise = Expression(substituted[name]).split_stochastic()
            entry['f'] = f.code
            entry['noise'] = {xi: g.code for xi, g in (noise or {}).items()}
        described[name] = entry
    return described


def describe_events(group, substituted):
    """Thresholds, resets and other event code, and the refractory term."""
    keep = {name: f'({expr})' for name, expr in substituted.items()
            if (user_equations(group)[name].type == SUBEXPRESSION and
                'constant over dt' not in user_equations(group)[name].flags)}
    events = {}
    for name, condition in group.events.items():
        event = {'threshold': condition,
                 'threshold_substituted': word_substitute(condition, keep)}
        if name in group.event_codes:
            event['reset'] = group.event_codes[name]
        if name == 'spike' and group._refractory is not False:
            refractory = group._refractory
            event['refractory'] = str(refractory)
            if isinstance(refractory, Quantity):
                event['refractory_si'] = float(refractory)
                # until 2.6 the code holds six decimals only
                event['refractory_6'] = float(f'{float(refractory):f}')
            else:
                event['refractory_substituted'] = word_substitute(refractory,
                                                                  keep)
        events[name] = event
    if 'spike' not in events and group._refractory is not False:
        events['spike'] = {'refractory': str(group._refractory)}
    return events


def run_regularly(group):
    """The operations of the group and of its subgroups."""
    for obj in group.contained_objects:
        if type(obj) is CodeRunner:
            operation = {'name': obj.name, 'code': obj.abstract_code,
                         'dt': str(obj.clock.dt),
                         'dt_si': float(obj.clock.dt_),
                         'clock': obj.clock.name, 'when': obj.when,
                         'order': obj.order, 'active': bool(obj.active)}
            if isinstance(group, Subgroup):
                operation['subgroup'] = [int(group.start), int(group.stop)]
            yield operation
        elif isinstance(obj, Subgroup):
            yield from run_regularly(obj)


def describe_name(group, name, namespace, described, code):
    """Resolve an external name in Brian2's order, but keep the object as the
    user wrote it: its `str()` is what the collector prints."""
    for space in (DEFAULT_CONSTANTS, DEFAULT_UNITS, DEFAULT_FUNCTIONS,
                  group.namespace or {}, namespace):
        obj = space.get(name)
        if isinstance(obj, (numbers.Number, np.ndarray, np.number, Function,
                            Variable)) or hasattr(obj, '_arg_units'):
            break
    else:
        return
    if isinstance(obj, Function) or callable(obj):
        described['functions'][name] = describe_function(name, obj, code)
        return
    if isinstance(obj, Constant):
        obj = obj.value
    if np.asarray(obj).shape != ():
        return
    entry = {'value': str(obj), 'value_si': plain(obj)}
    if isinstance(obj, Quantity):
        entry['unit'] = str(get_unit(obj.dim))
        if all(d == 0 for d in obj.dim._dims):
            del entry['unit']
    described['identifiers'][name] = entry


def describe_function(name, function, code):
    """The generated code calls a function by its implementation's name."""
    if isinstance(function, TimedArray):
        kind = 'timedarray'
    elif DEFAULT_FUNCTIONS.get(name) is function:
        kind = 'brian'
    else:
        kind = 'user'
    cpp_name = name
    if isinstance(function, Function):
        try:
            implementation = function.implementations[code]
            cpp_name = implementation.name or name
        except (KeyError, TypeError):  # its message cannot be made
            pass  # no code holds the function
    return {'kind': kind, 'cpp_name': cpp_name}
