"""What brian2lift asks of the system, by strace.

    syscalls.py INPUTS

traces it on each project in INPUTS and on the hostile ones of opened.py. It may
read what is in the project and what the program itself is loaded from, and write
nothing but its output. Exit status 1 when it does more.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from opened import CASES

# The program, its libraries and the locale; a sanitizer reads /proc/self.
LOADED = ('/lib/', '/lib64/', '/usr/lib/', '/usr/local/lib/', '/usr/share/locale/',
          '/etc/ld.so.', '/proc/self/', '/sys/devices/system/cpu/')
READING = ('execve access faccessat faccessat2 stat lstat newfstatat statx readlink '
           'readlinkat getcwd chdir wait4 clone clone3 vfork fork exit exit_group '
           'kill tgkill rt_sigqueueinfo statfs').split()


def forbidden(line, project, output):
    """What a line of strace's says that must not happen; nothing for the others."""
    match = re.match(r'\d+ +(\w+)\((.*)', line)
    if not match:
        return ''  # a signal, an exit, or the end of a call begun above
    call, arguments = match.groups()
    paths = re.findall(r'"((?:[^"\\]|\\.)*)"', arguments)
    if call in ('open', 'openat'):
        path = os.path.normpath(paths[0])
        writes = re.search('O_WRONLY|O_RDWR|O_CREAT|O_TRUNC', arguments)
        allowed = ((os.path.dirname(output), '/dev/null') if writes
                   else (project, '/dev/null', *LOADED))
        return '' if path.startswith(allowed) else line
    if call in ('rename', 'unlink', 'unlinkat', 'chmod', 'fchmodat'):
        # The output is written beside its place and then put there.
        return '' if all(path.startswith(os.path.dirname(output))
                         for path in paths) else line
    return '' if call in READING else line


def trace(project, status, folder):
    """The forbidden lines of one run that writes its output to a file."""
    log = os.path.join(folder, 'log')
    output = os.path.join(folder, 'output', 'model.json')
    os.makedirs(os.path.dirname(output))
    done = subprocess.run(
        ['strace', '-f', '-qq', '-s', '4096', '-o', log, '-e',
         'trace=%file,%network,%process', 'brian2lift', project, '-o', output],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open(log, errors='replace') as stream:
        lines = stream.read().splitlines()
    found = [line for line in lines if forbidden(line, project, output)]
    # The first program is brian2lift itself.
    programs = [line for line in lines if ' execve(' in line]
    found += programs[1:]
    if not any(f'"{project}/objects.h"' in line for line in lines):
        found.append('nothing of the project was traced')
    if done.returncode not in status:
        found.append(f'exit status {done.returncode}: {done.stderr[:200]}')
    if os.listdir(os.path.dirname(output)) != (
            [] if done.returncode else ['model.json']):
        found.append('other files than the output')
    return found


def projects():
    """(name, what makes a project, exit statuses)"""
    inputs = sys.argv[1]
    for name in sorted(os.listdir(inputs)):
        yield (name, lambda folder, name=name: shutil.copytree(
            os.path.join(inputs, name), folder), (0,))
    for name, add in CASES.items():
        if '16 MB' in name or 'exponentially' in name:
            continue  # they only take long

        def make(folder, add=add):
            shutil.copytree(os.path.join(inputs, 'neuron'), folder)
            add(folder)
        yield name, make, (0, 2)


def main():
    failed = 0
    for name, make, status in projects():
        with tempfile.TemporaryDirectory() as folder:
            project = os.path.join(folder, 'project')
            make(project)
            for line in trace(project, status, folder):
                failed = 1
                print(f'{name}: {line}')
    return failed


if __name__ == '__main__':
    sys.exit(main())
