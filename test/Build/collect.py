"""brian2lift_collect reads again exactly when it must, with ninja and with make.

    collect.py FOLDER PROJECT

FOLDER/prefix is an installation. Prints a table: how often each case ran
brian2lift, and whether the build failed. Exits with 1 when a case ran it more
or less often than it must, or a build did not end as it must.
"""
import os
import shutil
import subprocess
import sys
import time

FOLDER, PROJECT = (os.path.abspath(path) for path in sys.argv[1:])
CODE = 'project/code_objects'
UPDATER = f'{CODE}/group_stateupdater_codeobject.cpp'

LISTS = """cmake_minimum_required(VERSION 3.16)  # older than what DEPFILE needs
project(simulation NONE)
find_package(brian2lift 0.1 REQUIRED)
# Counts, and does what the installed program does.
set_target_properties(brian2lift::brian2lift PROPERTIES
  IMPORTED_LOCATION "${PROJECT_SOURCE_DIR}/counting")
brian2lift_collect(TARGET model PROJECT project OUTPUT "the model.json"
                   CHECK golden.json DEPFILE ARGS ${OPTIONS})
"""
COUNTING = """#!/bin/sh
printf x >> "$(dirname "$0")/count"
exec "{program}" "$@"
"""


def write(path, text):
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(text)


def replace(path, old, new):
    with open(path, encoding='utf-8') as stream:
        text = stream.read()
    if old not in text:
        sys.exit(f'{path}: no {old!r}')
    write(path, text.replace(old, new))


def make_old(path):
    """As by `cp -p` or `tar x`: the time says nothing about when it came."""
    os.utime(path, (1e9, 1e9))


def touch_others():
    os.makedirs('project/results', exist_ok=True)
    for path in ('project/makefile', 'project/results/v.txt', f'{CODE}/x.o',
                 'beside.cpp'):
        write(path, 'changed')


def add():
    shutil.copy(f'{CODE}/group_spike_resetter_codeobject.cpp', f'{CODE}/one.cpp')
    replace(f'{CODE}/one.cpp', '_run_group_spike_resetter_codeobject', '_run_one')
    make_old(f'{CODE}/one.cpp')


def options(build, text):
    subprocess.run(['cmake', f'-DOPTIONS={text}', build], check=True,
                   stdout=subprocess.DEVNULL)


def run_cases(generator):
    """What happens, how often brian2lift has to run, whether the build fails."""
    build = os.path.join(os.getcwd(), f'build {generator}')
    output = f'{build}/the model.json'
    rows = []

    def case(what, change, runs, fails=False):
        change()
        # What is changed now is later than all so far, by any clock's measure.
        time.sleep(0.02)
        before = os.path.getsize('count')
        done = subprocess.run(['cmake', '--build', build], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        ran = os.path.getsize('count') - before
        has_failed = done.returncode != 0
        if has_failed != fails:
            print(done.stdout)
        rows.append((what, ran, runs, has_failed, fails))
        time.sleep(0.02)

    write('count', '')
    subprocess.run(
        ['cmake', '-G', generator, '-B', build, '-DOPTIONS=--werror',
         f'-DCMAKE_PREFIX_PATH={FOLDER}/prefix'],
        check=True, stdout=subprocess.DEVNULL)
    case('no output yet', lambda: None, 1)
    case('nothing changed', lambda: None, 0)
    case('files changed that are not read', touch_others, 0)
    case('a code object touched', lambda: os.utime(UPDATER), 1)
    case('a header changed', lambda: replace(
        'project/objects.h', '#include', '// changed\n#include'), 1)
    case('an old code object added', add, 1)
    case('... renamed', lambda: os.rename(f'{CODE}/one.cpp', f'{CODE}/two.cpp'), 1)
    case('... removed', lambda: os.remove(f'{CODE}/two.cpp'), 1)
    case('output deleted', lambda: os.remove(output), 1)
    case('options changed', lambda: options(build, '--werror;--no-outline'), 1)
    case('configured again, all the same', lambda: options(
        build, '--werror;--no-outline'), 0)
    case('program newer', lambda: os.utime('counting'), 1)
    case('golden file of another model', lambda: replace(
        'golden.json', '"value_si": 0.01', '"value_si": 0.02'), 1, fails=True)
    case('... and built again', lambda: None, 1, fails=True)
    case('... and right again', lambda: shutil.copy('golden', 'golden.json'), 1)
    case('another constant in the code', lambda: replace(
        UPDATER, 'tau = 0.01;', 'tau = 0.03;'), 1, fails=True)
    case('... and back', lambda: replace(UPDATER, 'tau = 0.03;', 'tau = 0.01;'), 1)
    case('nothing changed at the end', lambda: None, 0)
    if not os.path.exists(f'{output}.d'):
        sys.exit(f'{generator}: DEPFILE is not beside the output')
    return rows


def main():
    program = f'{FOLDER}/prefix/bin/brian2lift'
    columns = []
    for generator in ('Ninja', 'Unix Makefiles'):
        # Names as people have them, that tools like to stumble over.
        work = f'{FOLDER}/my {generator}'
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)
        os.chdir(work)
        shutil.copytree(PROJECT, 'project')
        write('CMakeLists.txt', LISTS)
        write('counting', COUNTING.format(program=program))
        os.chmod('counting', 0o755)
        subprocess.run([program, 'project', '-o', 'golden'], check=True)
        shutil.copy('golden', 'golden.json')
        columns.append(run_cases(generator))

    missed = needless = wrong = 0
    print(f'{"":34}{"must":>6}{"ninja":>7}{"make":>7}')
    for row in zip(*columns):
        what, _, runs, _, fails = row[0]
        print(f'{what:34}{str(runs) + " !" * fails:>6}' + ''.join(
            f'{str(ran) + " !" * failed:>7}' for _, ran, _, failed, _ in row))
        missed += sum(max(0, runs - ran) for _, ran, _, _, _ in row)
        needless += sum(max(0, ran - runs) for _, ran, _, _, _ in row)
        wrong += sum(failed != fails for _, _, _, failed, _ in row)
    print(f'{missed} missed, {needless} needless, {wrong} ended otherwise'
          ' (!: the build fails)')
    sys.exit(1 if missed or needless or wrong else 0)


if __name__ == '__main__':
    main()
