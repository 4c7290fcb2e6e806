"""make and ninja run brian2lift again exactly when they must.

    depfile.py FOLDER

FOLDER/project is a project; it is copied to places with odd names.
"""
import os
import shutil
import subprocess
import sys
import time

os.chdir(sys.argv[1])
COUNT = 'counted'


def runs():
    return os.path.getsize(COUNT) if os.path.exists(COUNT) else 0


def touch(path):
    """Later than all so far and before what follows, by any clock's measure."""
    time.sleep(0.02)
    os.utime(path)
    time.sleep(0.02)


def expect(build, what, ran):
    before = runs()
    done = subprocess.run(build, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f'{build[0]}: {what}: {done.stdout}{done.stderr}')
    if runs() - before != ran:
        sys.exit(f'{build[0]}: {what}: {runs() - before} runs instead of {ran}')


def cases(build, project):
    """The ten cases of the table: when it must run again, and when not."""
    code = f'{project}/code_objects'
    expect(build, 'no output yet', 1)
    expect(build, 'nothing touched', 0)
    for touched in ('main.cpp', 'objects.h', 'brianlib/common_math.h',
                    'code_objects/group_stateupdater_codeobject.cpp'):
        touch(f'{project}/{touched}')
        expect(build, f'touched {touched}', 1)
    for other in (f'{project}/Makefile', f'{code}/x.o', 'beside.cpp'):
        with open(other, 'w'):
            pass
        touch(other)
        expect(build, f'touched {other}', 0)
    os.remove(f'{code}/group_stateupdater_codeobject.h')
    expect(build, 'a file is gone', 1)


def few_cases(build, project):
    """Whether names are understood: a file that is not would always, or never,
    be newer."""
    expect(build, 'no output yet', 1)
    expect(build, 'nothing touched', 0)
    touch(f'{project}/code_objects/group_stateupdater_codeobject.cpp')
    expect(build, 'touched a code object', 1)


def ninja(project, output):
    def quoted(path):
        return path.replace('$', '$$').replace(' ', '$ ').replace(':', '$:')
    with open('build.ninja', 'w') as stream:
        stream.write(f"""rule lift
  command = printf x >> {COUNT}; brian2lift $shell -o $out --depfile $out.d
  depfile = $out.d
build {quoted(output)}: lift
  shell = {("'" + project + "'").replace('$', '$$')}
""")
    return ['ninja']


def make(project, output):
    with open('Makefile', 'w') as stream:
        stream.write(f"""{output}:
\t@printf x >> {COUNT}; brian2lift '{project.replace('$', '$$')}' -o $@ --depfile $@.d
-include {output}.d
""")
    return ['make', '-s']


for number, (tool, names) in enumerate([
        (ninja, ['plain', 'with space', 'a#b', 'cost$5', 'a:b', '100%', 'tau=10']),
        (make, ['plain', 'with space', 'a#b', 'cost$5', 'a:b', '100%'])]):
    for index, name in enumerate(names):
        project, output = f'{name}.{number}', f'out.{number}.{index}.json'
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree('project', project)
        (cases if name == 'plain' else few_cases)(tool(project, output),
                                                  project)
