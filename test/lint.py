#!/usr/bin/python3
"""clang-format and clang-tidy on all C++ of the repository.

    lint.py BUILD RESULT.json

clang-tidy takes minutes for all files, so that <cache>/lint (see generators.py)
keeps an empty file for each that was clean, named by a hash of it and of our
headers that it includes: a second run, or another clone, only looks at what
has changed. RESULT.json counts files that passed and failed. Exit status 1
when one failed.
"""
import concurrent.futures
import glob
import hashlib
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, 'end-to-end'))

from generators import cache  # noqa: E402

os.chdir(os.path.join(HERE, '..'))

CLANG_FORMAT = 'clang-format-22'
CLANG_TIDY = 'clang-tidy-22'


def sources(*suffixes):
    """All of the repository's own; test/Inputs is what a generator wrote."""
    return sorted(path for suffix in suffixes for top in ('lib', 'tool', 'test')
                  for path in glob.glob(f'{top}/**/*{suffix}', recursive=True)
                  if not path.startswith('test/Inputs/'))


def digest(*files):
    total = hashlib.sha256()
    for file in files:
        with open(file, 'rb') as stream:
            total.update(stream.read())
        total.update(b'\0')
    return total


def with_includes(path, found=()):
    """This file and all of ours that it includes, directly or not."""
    found = {*found, path}
    with open(path) as stream:
        names = re.findall(r'#\s*include "([^"]+)"', stream.read())
    for name in names:
        for folder in ('lib', os.path.dirname(path)):
            other = os.path.normpath(os.path.join(folder, name))
            if os.path.exists(other) and other not in found:
                found |= with_includes(other, found)
    return found


def check_format(path):
    """What clang-format has to say, nothing when it is content."""
    done = subprocess.run([CLANG_FORMAT, '--dry-run', '-Werror', path],
                          capture_output=True, text=True)
    return '' if done.returncode == 0 else f'{path}: not formatted\n'


def check_tidy(path, build, common):
    """Warnings of clang-tidy; remembers files without any."""
    key = common.copy()
    key.update(path.encode())
    key.update(digest(*sorted(with_includes(path))).digest())
    stamp = os.path.join(cache(), 'lint', key.hexdigest())
    if os.path.exists(stamp):
        return ''
    done = subprocess.run([CLANG_TIDY, '--quiet', '--warnings-as-errors=*',
                           '-p', build, path], capture_output=True, text=True)
    if done.returncode == 0:
        open(stamp, 'w').close()
        return ''
    return done.stdout.replace(os.getcwd() + os.sep, '') or done.stderr


def main():
    build, result = sys.argv[1:]
    os.makedirs(os.path.join(cache(), 'lint'), exist_ok=True)
    with open(os.path.join(build, 'compile_commands.json')) as stream:
        compiled = {os.path.relpath(entry['file']) for entry in json.load(stream)}
    tidied = [path for path in sources('.cpp')
              if path in compiled and not path.startswith('test/')]
    common = digest('.clang-tidy')
    common.update(subprocess.check_output([CLANG_TIDY, '--version']))
    # The longest first: those that include Clang.
    tidied.sort(key=lambda path: 'CodeObject' not in path)
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = list(pool.map(check_format, sources('.cpp', '.h')))
        complaints += pool.map(lambda path: check_tidy(path, build, common), tidied)
    for complaint in complaints:
        failed += bool(complaint)
        passed += not complaint
        print(complaint, end='')
    with open(result, 'w') as stream:
        json.dump({'passed': passed, 'failed': failed}, stream)
    print(f'lint: {passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
