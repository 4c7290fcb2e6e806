#!/usr/bin/python3
"""Does the code say the same through stand-ins and through real headers?

    headers.py --tool BRIAN2LIFT --corpus DIR [--corpora DIR] [--sample N]
               [--only PATTERN] [--json FILE] [-j N]

brian2lift reads projects through stand-ins for the standard library, GSL and
OpenMP (lib/CodeObject/StandIns.h).  Here each project is read once more with
--real-headers and this machine's folders, and what comes out must be the same
to the byte: `--dump=code-objects` of all projects in --corpus and of N in each
folder of --corpora, and the JSON and the messages of every fifth.

Of Brian2GeNN and Brian2CUDA the headers of GeNN and of CUDA stay stand-ins, as
they do for every user; what is compared is the C++ around them.

Prints a line for each project that differs, with the first lines that do, and
a count for each generator.  Exit status 1 when one differs.
"""
import argparse
import collections
import difflib
import fnmatch
import json
import multiprocessing
import os
import re
import subprocess
import sys

#: Lines of a difference to show.
SHOWN = 6
#: Of so many projects one is compared to the end of the pipeline.
WHOLE = 5


def real_folders():
    """Where this machine's compilers look for headers, as flags."""
    said = subprocess.run(['clang++-22', '-E', '-v', '-x', 'c++', os.devnull],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          check=True, universal_newlines=True).stderr
    folders = re.findall(r'^ (/.*)$', said, re.MULTILINE)
    # omp.h is a part of GCC.
    gcc = subprocess.run(['gcc', '-print-file-name=include'],
                         stdout=subprocess.PIPE, check=True,
                         universal_newlines=True).stdout.strip()
    return [word for folder in folders for word in ('-isystem', folder)
            ] + ['-idirafter', gcc]


def run(tool, project, arguments, folders):
    """What the tool says of a project: (output, messages)."""
    done = subprocess.run(
        [tool, *arguments, project, *(['--', *folders] if folders else [])],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, universal_newlines=True)
    return (f'exit status {done.returncode}\n' if done.returncode else ''
            ) + done.stdout, done.stderr


def compare(task):
    """(generator, name, lines that differ) of one project."""
    tool, generator, name, project, folders, whole = task
    lines = []
    for arguments in [['--dump=code-objects']] + [[]] * whole:
        ours = run(tool, project, arguments, [])
        real = run(tool, project, ['--real-headers', *arguments], folders)
        for one, other in zip(ours, real):
            lines += [line for line in difflib.unified_diff(
                one.split('\n'), other.split('\n'), 'stand-ins',
                'real headers', lineterm='', n=0)
                if not line.startswith(('---', '+++', '@@'))]
    return generator, name, lines


def sample(names, count):
    """`count` of the names, evenly spread; all when there are no more."""
    if count >= len(names):
        return names
    return [names[i * len(names) // count] for i in range(count)]


def projects(arguments, folders):
    """The tasks of `compare`."""
    places = [('debian', arguments.corpus, None)]
    if arguments.corpora:
        places += [(name, os.path.join(arguments.corpora, name),
                    arguments.sample)
                   for name in sorted(os.listdir(arguments.corpora))]
    for generator, folder, count in places:
        names = [name for name in sorted(os.listdir(folder))
                 if fnmatch.fnmatch(name, f'*{arguments.only}*')
                 and os.path.isdir(os.path.join(folder, name, 'project'))]
        if count is not None:
            names = sample(names, count)
        for i, name in enumerate(names):
            yield (os.path.abspath(arguments.tool), generator, name,
                   os.path.join(folder, name, 'project'), folders,
                   i % WHOLE == 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--tool', required=True)
    parser.add_argument('--corpus', required=True, metavar='DIR')
    parser.add_argument('--corpora', metavar='DIR')
    parser.add_argument('--sample', type=int, default=10, metavar='N')
    parser.add_argument('--only', default='*', metavar='PATTERN')
    parser.add_argument('--json', metavar='FILE')
    parser.add_argument('-j', type=int, default=os.cpu_count(), dest='jobs')
    arguments = parser.parse_args()
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(compare, list(projects(arguments, real_folders())),
                           chunksize=1)
    counts = collections.defaultdict(collections.Counter)
    misses = []
    for generator, name, lines in results:
        counts[generator]['differ' if lines else 'same'] += 1
        if lines:
            misses.append(f'{generator} {name}: {len(lines)} lines differ')
            misses += [f'    {line[:160]}' for line in lines[:SHOWN]]
    print('\n'.join(misses + [f'{"":16}{"same":>8}{"differ":>8}']))
    for generator, count in counts.items():
        print(f'{generator:16}{count["same"]:8}{count["differ"]:8}')
    total = sum(counts.values(), collections.Counter())
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'counts': counts, 'passed': total['same'],
                       'failed': total['differ'], 'misses': misses}, stream,
                      indent=1)
            stream.write('\n')
    return 1 if total['differ'] else 0


if __name__ == '__main__':
    sys.exit(main())
