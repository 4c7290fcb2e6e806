"""N = 1: nothing distinguishes scalars from vectors."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(1, '''dv/dt = (a + b - v)/tau : 1
                      a : 1
                      b : 1 (shared)''', method='rk4', threshold='v > 1',
                reset='v = 0')
run(10*ms)
