"""A refractory period computed from a variable and a constant."""
from brian2 import *

tau = 10*ms
base = 2*ms
G = NeuronGroup(2, '''dv/dt = (1 - v)/tau : 1 (unless refractory)
                      slow : 1''',
                threshold='v > 0.5', reset='v = 0',
                refractory='base + 1*ms*(1 + slow)**2', method='euler')
run(10*ms)
