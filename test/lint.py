#!/usr/bin/python3
"""clang-format and clang-tidy on all C++ of the repository.

    lint.py BUILD RESULT.json

clang-tidy takes minutes for all files, so that BUILD/lint keeps an empty file
for each that was clean, named by a hash of all that clang-tidy sees of it: a
second run only looks at what has changed. RESULT.json counts files that passed
and failed. Exit status 1 when one failed.
"""
import concurrent.futures
import glob
import hashlib
import json
import os
import subprocess
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))

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


def check_format(path):
    """What clang-format has to say, nothing when it is content."""
    done = subprocess.run([CLANG_FORMAT, '--dry-run', '-Werror', path],
                          capture_output=True, text=True)
    return '' if done.returncode == 0 else f'{path}: not formatted\n'


def check_tidy(path, build, common):
    """Warnings of clang-tidy; remembers files without any."""
    key = common.copy()
    key.update(path.encode())
    key.update(digest(path).digest())
    stamp = os.path.join(build, 'lint', key.hexdigest())
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
    os.makedirs(os.path.join(build, 'lint'), exist_ok=True)
    with open(os.path.join(build, 'compile_commands.json')) as stream:
        compiled = {os.path.relpath(entry['file']) for entry in json.load(stream)}
    tidied = [path for path in sources('.cpp')
              if path in compiled and not path.startswith('test/')]
    common = digest('.clang-tidy', *(path for path in sources('.h', '.def')
                                      if not path.startswith('test/')))
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
