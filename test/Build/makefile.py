"""Counts how often model.mk's rule runs brian2lift beside Brian2's makefile.

    makefile.py PROJECT
"""
import glob
import os
import re
import subprocess
import sys
import time

os.chdir(sys.argv[1])
MAKE = ['make', '-f', 'makefile', '-f', 'model.mk']


def make(*arguments):
    done = subprocess.run([*MAKE, *arguments], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit(f'make {arguments}: {done.stdout}')
    return done.stdout


def expect(what, runs):
    time.sleep(0.02)
    ran = make('model.json').count('brian2lift')
    if ran != runs:
        sys.exit(f'{what}: {ran} runs instead of {runs}')
    time.sleep(0.02)


def rewrite(old, new):
    with open('makefile', encoding='utf-8') as stream:
        text = stream.read()
    if not re.search(old, text):
        sys.exit(f'makefile: no {old!r}')
    with open('makefile', 'w', encoding='utf-8') as stream:
        stream.write(re.sub(old, new, text, count=1))


updater = glob.glob('code_objects/*stateupdater*.cpp')[0]
expect('no output yet', 1)
expect('nothing changed', 0)
os.utime(updater)
expect('a code object touched', 1)
with open(updater.replace('.cpp', '.o'), 'w', encoding='utf-8'):
    pass
expect('an object file came', 0)

# As Brian2 does it: the source, and a makefile that lists it.
extra = 'code_objects/extra.cpp'
with open(extra, 'w', encoding='utf-8') as stream:
    stream.write('#include "objects.h"\n')
os.utime(extra, (1e9, 1e9))
rewrite('SRCS = ', f'SRCS = {extra} ')
expect('an old source came', 1)
os.remove(extra)
rewrite(f'{extra} ', '')
expect('a source went', 1)
expect('nothing changed at the end', 0)

# Brian2's own goal is still the first.
if '-o main' not in make('-n'):
    sys.exit('make alone does not build the simulation any more')
