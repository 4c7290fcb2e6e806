"""The refractory period as the name of an external constant."""
from brian2 import *

tau = 10*ms
t_ref = 3.3*ms
G = NeuronGroup(2, 'dv/dt = (1 - v)/tau : 1 (unless refractory)',
                threshold='v > 0.5', reset='v = 0', refractory='t_ref',
                method='exact')
run(10*ms)
