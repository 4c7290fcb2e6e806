"""Projects that were made to hurt whoever reads them.

    hostile.py MODULE TEST

MODULE.py beside this file has the cases. Each is a copy of Inputs/neuron with
something added. TEST says what must come of each, one a line:

    EXPECT: nested parentheses: 0 file-too-complex

is the exit status and, as a regular expression, the ids of the diagnostics in
their order, each once. With status 0 the output is JSON that has what the rest
of the project says; with status 2 there is none. Where a limit is expected it is
set low, to save time. Exit status 1 when a case ends in another way, or has no
line. CASE=name in the environment runs that one, and shows its messages.
"""
import importlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

NEURON = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'Inputs',
                      'neuron')
UPDATER = 'code_objects/group_stateupdater_codeobject.cpp'
# The state updater's line that gives v its new value.
NEW_V = '_v = (dt * (_lio_2 * ((El - v) + w))) + v;'


def read(project, path):
    with open(os.path.join(project, path), 'rb') as stream:
        return stream.read()


def write(project, path, text):
    if isinstance(text, str):
        text = text.encode()
    with open(os.path.join(project, path), 'wb') as stream:
        stream.write(text)


def code(text, before=''):
    """A case with a further code object: what it says is lost, and nothing else."""
    return lambda project: write(
        project, 'code_objects/hostile.cpp',
        f'#include "objects.h"\n{before}\nvoid _run_hostile() {{\n'
        f'using namespace brian;\n{text}\n}}\n')


def update(text):
    """A case with another way to the new value of v."""
    def add(project):
        old = read(project, UPDATER).decode()
        assert NEW_V in old
        write(project, UPDATER, old.replace(NEW_V, f'{{ {text} }}'))
    return add


def bomb(name, word, times=10, levels=10):
    """Macros of which `name`0 is `word`, times**levels times."""
    return ''.join(
        f'#define {name}{i} {" ".join([f"{name}{i + 1}"] * times)}\n'
        for i in range(levels)) + f'#define {name}{levels} {word}\n'


def run(add, limits):
    """(exit status, standard output, standard error) of one case."""
    with tempfile.TemporaryDirectory() as folder:
        project = os.path.join(folder, 'project')
        shutil.copytree(NEURON, project)
        add(project)
        done = subprocess.run(['brian2lift', *limits, project], timeout=100,
                              stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode, done.stdout, done.stderr.decode('utf-8', 'replace')


def complaint(add, expected):
    """What is wrong with the end of a case; nothing when it is as expected."""
    limits = (['--time-limit=2', '--memory-limit=500'] if 'limit' in expected
              else [])
    status, out, err = run(add, limits)
    if os.environ.get('CASE'):
        print(err)
    # What units follow from nonsense is of no interest here.
    ids = dict.fromkeys(id for id in re.findall(r'\[([a-z-]+)\]$', err, re.MULTILINE)
                        if not id.startswith('unit-conflict'))
    ended = ' '.join([str(status), *ids])
    if not re.fullmatch(expected, ended):
        return f'ends with {ended} instead of {expected}'
    if re.search('[\0-\x08\x0b-\x1f\x7f]', err):
        return 'its messages have control characters'
    if status == 2:
        return 'has output although it failed' if out else ''
    group = json.loads(out)['runs'][0]['components']['neurongroup'][0]
    if 'v > -50*mV' not in group['events']['spike']['threshold']:
        return 'has no threshold any more'
    # One expression is what the group's own code says, or there is none.
    if add.__qualname__.startswith('code.') and \
            group['equations']['v'].get('expr') != '(El + w - v)/tau':
        return f'has another equation: {group["equations"]["v"]}'
    return ''


def main():
    cases = importlib.import_module(sys.argv[1]).CASES
    with open(sys.argv[2], encoding='utf-8') as stream:
        expected = dict(re.findall('^EXPECT: (.*?): (.*)$', stream.read(), re.M))
    failed = sorted(set(cases) ^ set(expected))
    for name in failed:
        print(f'{name}: is in one file only')
    for name in cases:
        if name in failed or os.environ.get('CASE', name) != name:
            continue
        why = complaint(cases[name], expected[name])
        if why:
            failed.append(name)
            print(f'{name}: {why}')
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if memory > 1024:
        failed.append('memory')
        print(f'memory: {memory} MiB')
    print(f'{len(cases)} cases')
    return 1 if failed else 0


if __name__ == '__main__':
    # The modules import this one by its name.
    sys.modules['hostile'] = sys.modules['__main__']
    sys.exit(main())
