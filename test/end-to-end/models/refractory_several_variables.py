"""Two of three equations stop while refractory, under rk4."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, '''dv/dt = (1 - v + w)/tau : 1 (unless refractory)
                      dw/dt = -w*v/tau : 1
                      dz/dt = (v**2 - z)/tau : 1 (unless refractory)''',
                threshold='v > 0.5', reset='v = 0; w += 0.1',
                refractory=2*ms, method='rk4')
run(10*ms)
