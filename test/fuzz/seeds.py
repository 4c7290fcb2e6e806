#!/usr/bin/python3
"""Seeds for the fuzz targets.

    seeds.py OUT [CORPUS]

writes OUT/project, OUT/expression, OUT/quantity and OUT/hints. Projects are the
small ones of projects/ (a few milliseconds each), those of test/Inputs and, of CORPUS (build/corpus) when it is there, the state updater,
thresholder and resetter of small real ones.
"""
import glob
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EXPRESSIONS = '''\
(v_rest - v)/tau
gNa*m**3*h*(ENa - v) + sigma*xi*tau**-0.5
0.128*exp((17*mV - v + VT)/(18*mV))/ms*(1 - h)
int(v > v_th and not_refractory or not t < 2*ms)
clip(x, -1, 1) % 2 // 3 - exprel(x/1.5e-3)
a if v > 0 else -b**2
array[index + 1]
rand() < 0.5 != True
1/3 + .5 - 2e-10
timestep(t - lastspike, dt) >= timestep(0.002, dt)'''
HINTS = '''\
v=volt
neurongroup.I = nA/cm**2 # of the membrane
tau=ms
g = siemens*metre**-2
x=1
rate = second**-0.5'''


def joined(project, files):
    """The form that FuzzProject.cpp reads."""
    text = b''
    for file in files:
        with open(os.path.join(project, file), 'rb') as stream:
            text += b'//--- ' + file.encode() + b'\n' + stream.read()
    return text


def below(project):
    return sorted(os.path.relpath(path, project) for path in
                  glob.glob(os.path.join(project, '**', '*.*'), recursive=True)
                  if path.endswith(('.cpp', '.h', '.cu')))


def projects(corpus):
    for small in sorted(glob.glob(os.path.join(HERE, 'projects', '*.txt'))):
        with open(small, 'rb') as stream:
            yield stream.read()
    for project in sorted(glob.glob(os.path.join(HERE, '..', 'Inputs', '*'))):
        yield joined(project, below(project))
    for updater in sorted(glob.glob(os.path.join(
            corpus, '*', 'project', 'code_objects', '*_stateupdater_codeobject.cpp'))):
        folder, name = os.path.split(updater)
        project = os.path.dirname(folder)
        owner = name.split('_stateupdater')[0]
        text = joined(project, ['main.cpp', 'objects.h'] + [
            'code_objects/' + file for file in sorted(os.listdir(folder))
            if file.startswith(owner) and file.endswith('.cpp') and any(
                role in file for role in ('stateupdater', 'thresholder', 'resetter'))])
        if len(text) < 40000:
            yield text


def main():
    out, corpus = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ''
    seeds = {
        'project': projects(corpus) if corpus else projects(os.devnull),
        'expression': [line.encode() for line in EXPRESSIONS.splitlines()],
        'quantity': [struct.pack('<d', value) + bytes(exponents) for value in
                     (-0.07, 1e-9, 0.0, float('inf'), 123456789.0)
                     for exponents in ([0] * 14, [2, 1, 1, 1, 253, 1, 255, 1] + [0] * 6)],
        'hints': [HINTS.encode(), *(line.encode() for line in HINTS.splitlines())]}
    for target, texts in seeds.items():
        os.makedirs(os.path.join(out, target), exist_ok=True)
        for i, text in enumerate(texts):
            with open(os.path.join(out, target, f'seed{i}'), 'wb') as stream:
                stream.write(text)


if __name__ == '__main__':
    main()
