"""Turns a copy of Inputs/neuron into a project of many groups, `group0` and on, each
with numbers of its own.

    many_groups.py PROJECT COUNT
"""
import os
import re
import sys

project, count = sys.argv[1], int(sys.argv[2])


def renamed(text, number):
    """What is said of `group`, said of another one; with a time constant of its own."""
    text = re.sub(r'(?<=_)group(?=_)|\bgroup(?=_)', f'group{number}', text)
    return re.sub(r'(const double tau = 0\.0)', rf'\g<1>{number + 1}', text)


def edit(file):
    """Each line about the group again for all of them; loops are one line here."""
    with open(f'{project}/{file}', encoding='utf-8') as stream:
        text = re.sub(r'(for\([^\n]*_array_group_[^\n]*)\n\s*\{\n([^\n]*)\n\s*\}\n', r'\1 {\2}\n',
                      stream.read())
    lines = []
    for line in text.splitlines(keepends=True):
        about = 'group_' in line
        lines += [renamed(line, n) for n in range(count)] if about else [line]
    with open(f'{project}/{file}', 'w', encoding='utf-8') as stream:
        stream.write(''.join(lines))


for file in ('main.cpp', 'objects.cpp', 'objects.h'):
    edit(file)
folder = f'{project}/code_objects'
for file in os.listdir(folder):
    with open(f'{folder}/{file}', encoding='utf-8') as stream:
        text = stream.read()
    os.remove(f'{folder}/{file}')
    for n in range(count):
        with open(f'{folder}/{renamed(file, n)}', 'w', encoding='utf-8') as stream:
            stream.write(renamed(text, n))
