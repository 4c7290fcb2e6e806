"""Adds to a copy of Inputs/neuron what a second group of the same name leaves:
arrays and code objects with `_1`, 20 neurons, and a run of their own."""
import re
import sys

project = sys.argv[1]
functions = ('stateupdater', 'spike_thresholder', 'spike_resetter')


def edit(file, change):
    with open(f'{project}/{file}', encoding='utf-8') as stream:
        text = stream.read()
    with open(f'{project}/{file}', 'w', encoding='utf-8') as stream:
        stream.write(change(text))


def second(text):
    text = re.sub(r'(_array_group__?[a-z_]+)\b', r'\1_1', text)
    text = re.sub(r'\b10\b', '20', text)
    return re.sub(r'\b11\b', '21', text)


def doubled(text):
    """Each line about the group's arrays, and the same for the second one."""
    lines = []
    for line in text.splitlines(keepends=True):
        lines.append(line)
        if '_array_group_' in line:
            lines.append(second(line))
    return ''.join(lines)


edit('objects.h', lambda text: doubled(text).replace(
    'extern Network magicnetwork;', 'extern Network magicnetwork, network;'))
edit('objects.cpp', lambda text: doubled(text).replace(
    'Network magicnetwork;', 'Network magicnetwork;\nNetwork network;'))
for name in functions:
    file = f'{project}/code_objects/group_{name}_codeobject'
    with open(f'{file}.cpp', encoding='utf-8') as stream:
        text = second(stream.read())
    text = text.replace(f'_{name}_codeobject', f'_{name}_codeobject_1')
    with open(f'{file}_1.cpp', 'w', encoding='utf-8') as stream:
        stream.write(text)
    with open(f'{file}_1.h', 'w', encoding='utf-8') as stream:
        stream.write(f'void _run_group_{name}_codeobject_1();\n')
edit('main.cpp', lambda text: ''.join(
    f'#include "code_objects/group_{name}_codeobject_1.h"\n'
    for name in functions) + re.sub(
        r'(magicnetwork\.run.*\n)',
        r'\1' + 'network.clear();\n' + ''.join(
            f'network.add(&defaultclock, _run_group_{name}_codeobject_1);\n'
            for name in functions) + 'network.run(0.2, NULL, 10.0);\n', text))
