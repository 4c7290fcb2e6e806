"""Subexpressions of subexpressions, some used nowhere else."""
from brian2 import *

tau = 10*ms
g = 2.0
G = NeuronGroup(3, '''dv/dt = (drive - leak)/tau : 1
                      drive = g*gate + offset : 1
                      gate = 1/(1 + exp(-v)) : 1
                      leak = v*(1 + gate) : 1
                      offset : 1
                      never_used = leak**2 : 1''', method='euler')
run(10*ms)
