"""A boolean condition on the time since the last spike."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = (1 - v)/tau : 1 (unless refractory)',
                threshold='v > 0.5', reset='v = 0',
                refractory='(t - lastspike) < 4*ms', method='exact')
run(10*ms)
