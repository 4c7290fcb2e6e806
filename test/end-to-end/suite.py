#!/usr/bin/python3
"""Brian2's own tests as a corpus: models that nobody wrote for brian2lift.

    suite.py --generator NAME --out DIR [-j N] [--only PATTERN] [--force]

makes a script of every test of Brian2 that a device can run, as it comes with
the generator NAME (generators.py), and from each what corpus.py makes of a
script.  Then

    score.py --tool BRIAN2LIFT --corpus DIR

compares; its `WORSE` lines are about another corpus.  Tests that take arguments
run with the first of each.  Most stumble over results that nobody computed, but
behind their run().  It takes some five minutes for each generator and is no
part of test/run.  Generators with a Python before 3.9 are too old for it.

Exit status: 0, or 1 when nothing could be generated.
"""
import argparse
import ast
import fnmatch
import glob
import os
import subprocess
import sys

import corpus
import generators

#: What Brian2's tests import, into a folder of the cache.
PINS = ['pytest==8.3.5', 'pluggy==1.5.0', 'iniconfig==2.0.0',
        'packaging==24.0', 'pygments==2.18.0', 'exceptiongroup==1.2.2',
        'tomli==2.0.2', 'typing_extensions==4.12.2']

SCRIPT = '''from brian2 import *
set_device('cpp_standalone')
from brian2.tests import {module}
from brian2.tests.{module} import *
{module}.{test}({arguments})
'''


def tests_of(path):
    """{name: script} of one file of Brian2's tests."""
    module = os.path.basename(path)[:-len('.py')]
    with open(path, encoding='utf-8') as stream:
        tree = ast.parse(stream.read())
    scripts = {}
    for test in tree.body:
        if not (isinstance(test, ast.FunctionDef)
                and test.name.startswith('test')):
            continue
        marks = [ast.unparse(mark) for mark in test.decorator_list]
        if any('codegen_independent' in mark for mark in marks):
            continue
        values = {}
        for mark in test.decorator_list:
            if (isinstance(mark, ast.Call)
                    and ast.unparse(mark.func) == 'pytest.mark.parametrize'):
                values[mark.args[0].value] = f'({ast.unparse(mark.args[1])})[0]'
        names = [argument.arg for argument in test.args.args]
        if set(names) - set(values):
            continue  # a fixture
        scripts[f'{module}.{test.name}'] = SCRIPT.format(
            module=module, test=test.name,
            arguments=', '.join(f'{name}={values[name]}' for name in names))
    return scripts


def write_scripts(folder):
    """{name of the corpus: path} of all scripts."""
    import brian2.tests
    paths = {}
    os.makedirs(folder, exist_ok=True)
    top = os.path.dirname(brian2.tests.__file__)
    for file in sorted(glob.glob(os.path.join(top, 'test_*.py'))):
        for name, text in tests_of(file).items():
            path = os.path.join(folder, name + '.py')
            with open(path, 'w', encoding='utf-8') as stream:
                stream.write(text)
            paths['models.' + name] = path
    return paths


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--generator', required=True, metavar='NAME',
                        choices=list(generators.GENERATORS))
    parser.add_argument('--out', required=True, metavar='DIR')
    parser.add_argument('-j', type=int, default=os.cpu_count(), dest='jobs')
    parser.add_argument('--only', metavar='PATTERN', default='*',
                        help='a name or shell pattern, matched anywhere')
    parser.add_argument('--force', action='store_true')
    arguments = parser.parse_args()
    name = arguments.generator
    if not generators.installed(name):
        parser.error('{0} is not installed; generators.py install {0} '
                     'does that'.format(name))
    if sys.prefix != generators.home(name):
        python = generators.interpreter(name)
        os.execv(python, [python] + sys.argv)
    if sys.version_info < (3, 9):
        parser.error(f'{name} has a Python before 3.9')
    packages = os.path.join(generators.cache(), 'suite')
    if not os.path.isdir(packages):
        subprocess.run([sys.executable, '-m', 'pip', 'install', '--quiet',
                        '--no-deps', '--target', packages] + PINS, check=True)
    sys.path.append(packages)
    out = os.path.abspath(arguments.out)
    scripts = {name: path
               for name, path in write_scripts(os.path.join(out,
                                                            'scripts')).items()
               if fnmatch.fnmatch(name, f'*{arguments.only}*')}
    corpus.bring_up_to_date(scripts, out, generators.fingerprint(name),
                            arguments, generators.GENERATORS[name].device)
    corpus.summary(scripts, out, None)
    return 0 if glob.glob(os.path.join(out, '*', 'truth.json')) else 1


if __name__ == '__main__':
    sys.exit(main())
