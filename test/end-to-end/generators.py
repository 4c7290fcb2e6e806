#!/usr/bin/python3
"""The code generators that the corpus is made with, each in an environment of
its own.

    generators.py install [NAME...] [-j N]
    generators.py list

`install` makes a virtual environment for each generator for which this machine
has the right Python, in `<cache>/generators/<name>`, where <cache> is
$BRIAN2LIFT_CACHE or `brian2lift` in the user's cache folder: outside the
clone, so that the next clone finds it.  What is there and has the right pins
stays.  What cannot be made here is left out, with the reason; that is no
failure.  `list` prints what is installed.
"""
import argparse
import collections
import concurrent.futures
import contextlib
import fcntl
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

#: How one generator is installed.  `python` is the Python it runs in, `pins`
#: are all its packages, `source` those that have no wheel, `device` is the
#: Brian2 device that writes the code.
Generator = collections.namedtuple('Generator', 'python pins source device')


def standalone(python, brian2, pins, source=()):
    """Brian2's own C++ standalone."""
    return Generator(python, ('brian2==' + brian2,) + tuple(pins.split()),
                     tuple(source), 'cpp_standalone')


#: Until 2.4.2 there are source packages only.  Until 2.2 they go through 2to3,
#: which setuptools 58 dropped; Python 3.8's syntax tree is too new for them.
OLD = ('setuptools==57.5.0 wheel==0.37.1 jinja2==2.10.3 markupsafe==1.1.1 '
       'pyparsing==2.4.7 mpmath==1.2.1 py-cpuinfo==9.0.0 ')
RECENT = ('setuptools==69.5.1 packaging==24.0 jinja2==3.1.4 '
          'markupsafe==2.1.5 pyparsing==3.1.2 mpmath==1.3.0 cython==3.0.10 ')

GENERATORS = {
    'brian2-2.0': standalone(
        '3.6', '2.0', OLD + 'numpy==1.13.3 sympy==1.1.1',
        ['brian2', 'sympy']),
    'brian2-2.1.3.1': standalone(
        '3.6', '2.1.3.1', OLD + 'numpy==1.13.3 sympy==1.1.1',
        ['brian2', 'sympy']),
    'brian2-2.2.2.1': standalone(
        '3.6', '2.2.2.1', OLD + 'numpy==1.16.6 sympy==1.4', ['brian2']),
    'brian2-2.3': standalone(
        '3.7', '2.3', OLD + 'numpy==1.16.6 sympy==1.4 future==0.18.3',
        ['brian2', 'future']),
    'brian2-2.4.2': standalone(
        '3.8', '2.4.2', OLD + 'numpy==1.19.5 sympy==1.7.1', ['brian2']),
    'brian2-2.5.1': standalone(
        '3.10', '2.5.1', RECENT + 'numpy==1.22.4 sympy==1.10.1'),
    'brian2-2.6': standalone(
        '3.11', '2.6.0', RECENT + 'numpy==1.26.4 sympy==1.12'),
    'brian2-2.7.1': standalone(
        '3.11', '2.7.1', RECENT + 'numpy==1.26.4 sympy==1.12'),
    'brian2-2.8.0.4': standalone(
        '3.11', '2.8.0.4', RECENT + 'numpy==2.0.2 sympy==1.13.3'),
    'brian2-2.9.0': standalone(
        '3.11', '2.9.0', RECENT + 'numpy==2.2.6 sympy==1.13.3'),
    'brian2-2.10.1': standalone(
        '3.12', '2.10.1', RECENT + 'numpy==2.3.5 sympy==1.14.0'),
    'brian2-2.11.0': standalone(
        '3.13', '2.11.0', RECENT.replace('2.1.5', '3.0.3').replace(
            'cython==3.0.10', 'cython==3.1.3')
        + 'numpy==2.3.5 sympy==1.14.0'),
}


#: The package that brings a device, unless that is Brian2.
PACKAGES = {'genn': 'brian2genn', 'cuda_standalone': 'brian2cuda'}


def genn(version, base, source=()):
    """Brian2GeNN, which takes any later Brian2: one of its own time."""
    below = GENERATORS[base]
    return below._replace(
        pins=below.pins + ('brian2genn==' + version, 'six==1.16.0'),
        source=below.source + tuple(source), device='genn')


def cuda(version, brian2, base):
    """Brian2CUDA, which takes this Brian2 only."""
    below = GENERATORS[base]
    return below._replace(
        pins=('brian2==' + brian2, 'brian2cuda==' + version) + below.pins[1:],
        device='cuda_standalone')


GENERATORS.update({
    'genn-1.2': genn('1.2', 'brian2-2.1.3.1', ['brian2genn']),
    'genn-1.3': genn('1.3', 'brian2-2.2.2.1', ['brian2genn']),
    'genn-1.4': genn('1.4', 'brian2-2.3', ['brian2genn']),
    'genn-1.5': genn('1.5', 'brian2-2.3'),
    'genn-1.6': genn('1.6', 'brian2-2.4.2'),
    'genn-1.7.0': genn('1.7.0', 'brian2-2.5.1'),
    'cuda-1.0a7': cuda('1.0a7', '2.8.0', 'brian2-2.8.0.4'),
    'cuda-1.0b1': cuda('1.0b1', '2.10.1', 'brian2-2.10.1'),
})


def cache():
    """The folder that outlives a clone."""
    return (os.environ.get('BRIAN2LIFT_CACHE')
            or os.path.join(os.environ.get('XDG_CACHE_HOME')
                            or os.path.expanduser('~/.cache'), 'brian2lift'))


def brian2_version(name):
    """Of the Brian2 that this generator is, or is built on."""
    return next(pin.split('==')[1] for pin in GENERATORS[name].pins
                if pin.startswith('brian2=='))


def home(name):
    return os.path.join(cache(), 'generators', name)


def projects(name):
    """Where corpus.py keeps what this generator made."""
    return os.path.join(cache(), 'projects', name)


def interpreter(name):
    """The Python that runs this generator, once it is installed."""
    return os.path.join(home(name), 'bin', 'python')


def fingerprint(name):
    """Changes when the environment has to be made anew."""
    return hashlib.sha256(repr(GENERATORS[name]).encode()).hexdigest()


def installed(name):
    """Whether it is there, with today's pins, and its Python still is."""
    try:
        with open(os.path.join(home(name), 'stamp')) as stream:
            return (stream.read() == fingerprint(name)
                    and os.path.exists(interpreter(name)))
    except OSError:
        return False


class LeftOut(Exception):
    """Why a generator cannot be installed on this machine."""


def find_python(version):
    """A Python of this version that can make environments: pyenv's, or one
    on the path."""
    pyenv = os.environ.get('PYENV_ROOT') or os.path.expanduser('~/.pyenv')
    candidates = sorted(glob.glob(
        os.path.join(pyenv, 'versions', version + '.*', 'bin', 'python')))
    candidates.append(shutil.which('python' + version))
    candidates.append(f'/usr/bin/python{version}')
    why = f'there is no Python {version}'
    for python in candidates:
        if not python or not os.path.exists(python):
            continue
        check = ('import sys, venv, ensurepip; '
                 f'assert sys.version.startswith({version + "."!r})')
        if not subprocess.run([python, '-c', check], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode:
            return python
        why = f'{python} cannot make virtual environments'
    raise LeftOut(why)


def run(command, log):
    """Run quietly; what fails is told by its last line that says ERROR."""
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False,
                          universal_newlines=True)
    log.write(f'$ {" ".join(command)}\n{done.stdout}')
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines()
                 if line.strip()]
        errors = [line for line in lines if 'rror' in line]
        raise LeftOut((errors or lines or ['?'])[-1])


def build(name, folder):
    """Make the environment in `folder`."""
    generator = GENERATORS[name]
    python = find_python(generator.python)
    with open(os.path.join(folder, 'log'), 'w') as log:
        run([python, '-m', 'venv', '--clear', folder + '/venv'], log)
        pip = [folder + '/venv/bin/python', '-m', 'pip', 'install',
               '--no-deps', '--disable-pip-version-check']
        source = [pin for pin in generator.pins
                  if pin.split('==')[0] in generator.source]
        wheels = [pin for pin in generator.pins if pin not in source]
        run(pip + ['--only-binary', ':all:'] + wheels, log)
        for pin in source:
            run(pip + ['--no-build-isolation', '--no-binary',
                       pin.split('==')[0], pin], log)
        package = PACKAGES.get(generator.device, 'brian2')
        run([folder + '/venv/bin/python', '-c', 'import ' + package], log)
    with open(os.path.join(folder, 'venv', 'stamp'), 'w') as stamp:
        stamp.write(fingerprint(name))
    shutil.move(os.path.join(folder, 'log'), os.path.join(folder, 'venv'))


@contextlib.contextmanager
def locked(folder):
    """One process at a time may change this folder."""
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    with open(folder + '.lock', 'w') as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def install(name):
    """Installs one; returns whether it had to.  It is there whole or not at
    all: it is made beside and then moved (nothing in it but the scripts, which
    nobody runs, knows where it is)."""
    with locked(home(name)):
        if installed(name):
            return False
        with tempfile.TemporaryDirectory(prefix=f'.{name}.',
                                         dir=os.path.dirname(home(name))) as f:
            build(name, f)
            shutil.rmtree(home(name), ignore_errors=True)
            os.rename(os.path.join(f, 'venv'), home(name))
        return True


def install_all(names, jobs):
    """Prints what became of each."""
    def attempt(name):
        try:
            return 'installed' if install(name) else 'there'
        except LeftOut as reason:
            return f'left out: {reason}'

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for name, outcome in zip(names, pool.map(attempt, names)):
            print(f'{name}: {outcome}', flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('action', choices=['install', 'list'])
    parser.add_argument('names', nargs='*', metavar='NAME')
    parser.add_argument('-j', type=int, default=2, dest='jobs')
    arguments = parser.parse_args()
    names = arguments.names or list(GENERATORS)
    for name in names:
        if name not in GENERATORS:
            parser.error(f'no generator {name}; there are '
                         + ', '.join(GENERATORS))
    if arguments.action == 'install':
        install_all(names, arguments.jobs)
    else:
        print('\n'.join(name for name in names if installed(name)))
    return 0


if __name__ == '__main__':
    sys.exit(main())
