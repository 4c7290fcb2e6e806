#!/usr/bin/python3
"""Generate the end-to-end corpus: Brian2's example scripts and our models.

    corpus.py --out DIR [-j N] [--only PATTERN] [--force]
    corpus.py --out DIR --generator NAME ...

makes DIR/<name>/{project,truth.json,log} for each script, where <name> is the
script's path with dots (`examples.frompapers.Brunel_2000`,
`models.method_euler`).  Importing Brian2 takes longer than most scripts, so it
is imported once and each script runs in a forked copy of this process.  What
has not changed since the last time is not generated again.

The first form uses the Brian2 of the Python that runs it.  The second makes
the models with one of the generators of generators.py, which has to be
installed, and keeps them in <cache>/projects/NAME as well, so that another
clone need not generate them again.

Exit status: 0, or 1 when a script that should be generated was not.
"""
import argparse
import fnmatch
import gc
import hashlib
import json
import os
import platform
import shutil
import signal
import sys
import time

import generators
import lacking

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = '/usr/share/doc/python-brian-doc/examples'
TIMEOUT = 120  # seconds for one script

#: Scripts that no one can turn into a standalone project, and why.
IMPOSSIBLE = {
    'examples.advanced.opencv_movie': 'needs OpenCV and a downloaded film',
    'examples.synapses.efficient_gaussian_connectivity': 'never runs',
    'examples.advanced.modelfitting_sbi': 'needs the packages sbi and torch',
}

if os.environ.get('PYTHONHASHSEED') != '0':
    # see generate.py; the forked copies inherit it
    os.environ['PYTHONHASHSEED'] = '0'
    os.execv(sys.executable, [sys.executable] + sys.argv)


def all_scripts(kinds=('examples', 'models')):
    """{name: path} of every script of the corpus."""
    scripts = {}
    for prefix, top in (('examples', EXAMPLES),
                        ('models', os.path.join(HERE, 'models'))):
        if prefix not in kinds:
            continue
        for folder, _, files in sorted(os.walk(top)):
            for file in sorted(files):
                if file.endswith('.py'):
                    path = os.path.join(folder, file)
                    relative = os.path.relpath(path, top)[:-len('.py')]
                    name = prefix + '.' + relative.replace(os.sep, '.')
                    scripts[name] = path
    return scripts


def fingerprint(path, version):
    """Changes when the result could: the script, the generator, Brian2."""
    digest = hashlib.sha256(f'{version} {platform.python_version()}'.encode())
    for file in (path, os.path.join(HERE, 'generate.py'),
                 os.path.join(HERE, 'truth.py'),
                 os.path.join(HERE, 'devices.py')):
        with open(file, 'rb') as stream:
            digest.update(stream.read())
    return digest.hexdigest()


def read_stamp(out):
    try:
        with open(os.path.join(out, 'stamp.json')) as stream:
            return json.load(stream)
    except (OSError, ValueError):
        return {}


def run_in_child(name, path, out, stamp, device):
    """Fork; the child generates and leaves its stamp.  Returns the pid."""
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setpgid(0, 0)  # a script's own children end with it
        log = os.open(os.path.join(out, 'log'),
                      os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        import generate
        status, message = generate.generate(path, out, device)
        print(message, flush=True)
        with open(os.path.join(out, 'stamp.json'), 'w') as stream:
            json.dump({'fingerprint': stamp, 'status': status,
                       'message': message}, stream)
    except BaseException:  # whatever happens, the copy must end here
        import traceback
        traceback.print_exc()
        sys.stderr.flush()
        status = 1
    finally:
        os._exit(status)


def generate_all(scripts, out, jobs, version, device):
    """Run the scripts, `jobs` at a time, long ones not waited for."""
    waiting = list(scripts.items())
    running = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            name, path = waiting.pop(0)
            pid = run_in_child(name, path, os.path.join(out, name),
                               fingerprint(path, version), device)
            running[pid] = (name, time.monotonic())
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            name, started = running.pop(pid)
            seconds = time.monotonic() - started
            if seconds > 20:
                print(f'slow: {name} {seconds:.0f} s')
            continue
        for pid, (name, started) in running.items():
            if time.monotonic() - started > TIMEOUT:
                os.killpg(pid, signal.SIGKILL)
        time.sleep(0.02)


def summary(scripts, out, generator):
    """Counts, and why a script gave nothing; returns whether all is well."""
    counts = {}
    failures, ok = [], True
    for name in scripts:
        folder = os.path.join(out, name)
        kind = name.split('.')[0]
        count = counts.setdefault(kind, dict.fromkeys(
            ('scripts', 'projects', 'runs', 'groups', 'spatial', 'equations',
             'differential'), 0))
        count['scripts'] += 1
        stamp = read_stamp(folder)
        lacks = generator and lacking.what_lacks(name, generator)
        try:
            with open(os.path.join(folder, 'truth.json')) as stream:
                truth = json.load(stream)
            if lacks:
                ok = False
                failures.append(f'  {name}: it is, but lacking.py says {lacks}')
        except OSError:
            why = stamp.get('message', f'died, or took over {TIMEOUT} s')
            if name in IMPOSSIBLE:
                why = IMPOSSIBLE[name]
            elif lacks and stamp.get('status') == 77:
                why = lacks
            elif kind == 'models' or stamp.get('status') != 77:
                ok = False
            failures.append(f'  {name}: {why}')
            continue
        count['projects'] += 1
        count['runs'] += len(truth['runs'])
        count['spatial'] += len({neuron['name'] for run in truth['runs']
                                 for neuron in run['spatialneurons']})
        distinct = {}
        for run in truth['runs']:
            distinct.update((group['name'], group) for group in run['groups'])
        for group in distinct.values():
            equations = group['equations'].values()
            count['groups'] += 1
            count['equations'] += len(equations)
            count['differential'] += sum(
                eq['type'] == 'differential equation' for eq in equations)
    if failures:
        print('not generated:')
        print('\n'.join(failures))
    for kind, count in counts.items():
        print(f'{kind}: ' + ', '.join(f'{n} {what}'
                                      for what, n in count.items()))
    return ok


def bring_up_to_date(scripts, out, version, arguments,
                     device='cpp_standalone'):
    """Generate what is not there; returns how many that were."""
    os.makedirs(out, exist_ok=True)
    stale = {name: path for name, path in scripts.items()
             if arguments.force or name not in IMPOSSIBLE
             and read_stamp(os.path.join(out, name)).get('fingerprint')
             != fingerprint(path, version)}
    for name in IMPOSSIBLE:
        if name in scripts:
            os.makedirs(os.path.join(out, name), exist_ok=True)
            stale.pop(name, None)
    if stale:
        import generate  # noqa: F401  (the forked copies use it)
        import devices
        devices.load(device)
        try:
            import pylab  # noqa: F401
        except ImportError:
            pass  # no model draws
        import brian2
        brian2.BrianLogger.initialize()
        gc.collect()
        if hasattr(gc, 'freeze'):
            gc.freeze()
        generate_all(stale, out, arguments.jobs, version, device)
    return len(stale)


def remove_others(names, out):
    """Projects of scripts that are no more."""
    for name in os.listdir(out):
        if (name not in names
                and os.path.exists(os.path.join(out, name, 'stamp.json'))):
            shutil.rmtree(os.path.join(out, name))


def link_or_copy(source, target):
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def take_over(names, source, out):
    """Give `out` what `source` holds, as links: nobody writes into them."""
    for name in names:
        old, new = os.path.join(source, name), os.path.join(out, name)
        if read_stamp(old) != read_stamp(new) or not read_stamp(new):
            shutil.rmtree(new, ignore_errors=True)
            if os.path.isdir(old):
                shutil.copytree(old, new, copy_function=link_or_copy)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--out', required=True, metavar='DIR')
    parser.add_argument('-j', type=int, default=os.cpu_count(), dest='jobs')
    parser.add_argument('--only', metavar='PATTERN', default='*',
                        help='a name or shell pattern, matched anywhere')
    parser.add_argument('--force', action='store_true')
    parser.add_argument('--generator', metavar='NAME',
                        choices=list(generators.GENERATORS))
    arguments = parser.parse_args()
    out = os.path.abspath(arguments.out)
    os.makedirs(out, exist_ok=True)
    started = time.monotonic()
    if arguments.generator:
        name = arguments.generator
        python = generators.interpreter(name)
        if not generators.installed(name):
            parser.error('{0} is not installed; generators.py install {0} '
                         'does that'.format(name))
        if sys.prefix != generators.home(name):
            os.execv(python, [python] + sys.argv)
        everything = all_scripts(['models'])
        version = generators.fingerprint(name)
    else:
        from importlib import metadata
        everything = all_scripts()
        version = metadata.version('brian2')
    scripts = {name: path for name, path in everything.items()
               if fnmatch.fnmatch(name, f'*{arguments.only}*')}
    remove_others(everything, out)
    if arguments.generator:
        store = generators.projects(arguments.generator)
        with generators.locked(store):
            count = bring_up_to_date(
                scripts, store, version, arguments,
                generators.GENERATORS[arguments.generator].device)
            remove_others(everything, store)
            take_over(scripts, store, out)
    else:
        count = bring_up_to_date(scripts, out, version, arguments)
    ok = summary(scripts, out, arguments.generator)
    print(f'{count} of {len(scripts)} scripts generated in '
          f'{time.monotonic() - started:.0f} s')
    return 0 if ok else 1


if __name__ == '__main__':
    sys.exit(main())
