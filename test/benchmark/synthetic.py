#!/usr/bin/python3
"""Let Brian2 write a project of a size that no example has.

    synthetic.py code-objects SIZE FOLDER    about SIZE code objects
    synthetic.py terms SIZE FOLDER           one equation with SIZE terms

Groups alternate between four models, and each has numbers of its own, so that
no two groups are the same.
"""
import os
import sys
import threading

from brian2 import Network, NeuronGroup, device, ms, mV, set_device
import brian2

#: (equations, threshold, reset, method); {k} is different in each group.
MODELS = [
    ('''dv/dt = (ge + gi - (v + {k}.5*mV))/tau : volt (unless refractory)
        dge/dt = -ge/(5.{k}*ms) : volt
        dgi/dt = -gi/(10.{k}*ms) : volt
        tau : second''', 'v > -50*mV', 'v = -60*mV', 'exact'),
    ('''dv/dt = (0.04/ms/mV)*v**2 + (5/ms)*v + {k}.140*mV/ms - w + I : volt
        dw/dt = a*(0.2{k}*v/ms - w) : volt/second
        I : volt/second
        a : hertz''', 'v >= 30*mV', 'v = -65*mV; w += 8*mV/second', 'euler'),
    ('''dv/dt = (-v - {k}.7*mV + 2*mV*exp((v + 50.4*mV)/(2*mV)) + R - w)/taum : volt
        dw/dt = (4*(v + {k}.6*mV) - w)/(144*ms) : volt
        R : volt
        taum : second''', 'v > -20*mV', 'v = -48*mV; w += 1*mV', 'rk4'),
    ('''dv/dt = (g_l*(-65*mV - v) - g_na*m**3*h*(v - 50*mV)
                 - g_kd*n**4*(v + 90*mV))/({k}.5*ms) : volt
        dm/dt = 0.32*(13.{k}*mV - v)/(exp((13.{k}*mV - v)/(4*mV)) - 1)/mV/ms*(1 - m)
                - 0.28*(v - 40*mV)/(exp((v - 40*mV)/(5*mV)) - 1)/mV/ms*m : 1
        dn/dt = 0.032*(15.{k}*mV - v)/(exp((15.{k}*mV - v)/(5*mV)) - 1)/mV/ms*(1 - n)
                - 0.5*exp((10*mV - v)/(40*mV))/ms*n : 1
        dh/dt = 0.128*exp((17*mV - v)/(18*mV))/ms*(1 - h)
                - 4/(1 + exp((40.{k}*mV - v)/(5*mV)))/ms*h : 1
        g_l : 1
        g_na : 1
        g_kd : 1''', 'v > -20*mV', '', 'exponential_euler'),
]
#: The code objects of a group: its step, its threshold, what empties the list
#: of its spikes after the run, and its reset where there is one.
CODE_OBJECTS = [4, 4, 4, 3]

TERMS = ['g{k}*(E{k} - v)', 'a{k}*V{k}*exp((v - V{k})/D{k})', 'b{k}*v**2/V{k}']


def code_objects(size):
    left, k = size, 0
    while left > 0:
        equations, threshold, reset, method = MODELS[k % len(MODELS)]
        yield NeuronGroup(10, equations.format(k=k + 1), threshold=threshold,
                          reset=reset or None, method=method,
                          refractory='v > -40*mV' if not reset else 2*ms,
                          name=f'cells{k}')
        left -= CODE_OBJECTS[k % len(MODELS)]
        k += 1


def terms(size):
    namespace = {}
    for k in range(size):
        namespace.update({f'g{k}': 1 + k/7, f'E{k}': -(k + 1)*mV,
                          f'a{k}': 2 + k/9, f'V{k}': (k + 2)*mV,
                          f'D{k}': (k + 3)*mV, f'b{k}': 3 + k/11})
    total = ' + '.join(TERMS[k % 3].format(k=k) for k in range(size))
    yield NeuronGroup(10, f'dv/dt = ({total})/(10*ms) : volt', method='euler',
                      namespace=namespace, name='cells')


def main():
    kind, size, folder = sys.argv[1:]
    set_device('cpp_standalone', build_on_run=False)
    make = {'code-objects': code_objects, 'terms': terms}[kind]
    Network(list(make(int(size)))).run(1*ms, namespace={})
    device.build(directory=folder, compile=False, run=False)


if __name__ == '__main__':
    brian2.BrianLogger.suppress_name('')
    # Brian2 recurses over the operands of a sum.
    sys.setrecursionlimit(10**5)
    threading.stack_size(2**29)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
    if not os.path.exists(os.path.join(sys.argv[3], 'main.cpp')):
        sys.exit('Brian2 could not write the project')
