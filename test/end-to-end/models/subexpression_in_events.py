"""Subexpressions used by threshold, reset, refractory and a monitor."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dv/dt = (1 + a - v)/tau : 1
                      da/dt = -a/(5*tau) : 1
                      theta = 0.5 + a : 1
                      jump = 0.1*(1 + v) : 1
                      pause = 2*ms*(1 + a) : second''', method='euler',
                threshold='v > theta', reset='''a += jump
                                                v = theta - 0.5
                                                a += jump''',
                refractory='pause')
mon = StateMonitor(G, ['theta', 'v'], record=True)
run(10*ms)
