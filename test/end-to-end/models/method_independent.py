"""independent: each equation solved by itself (deprecated in Brian2)."""
from brian2 import *

tau = 10*ms
tau_w = 30*ms
G = NeuronGroup(3, '''dv/dt = (2 - v)/tau : 1
                      dw/dt = -w/tau_w : 1''', method='independent')
run(10*ms)
