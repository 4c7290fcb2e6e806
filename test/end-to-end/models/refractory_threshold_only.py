"""A refractory period and a threshold, but nothing is reset."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = (1 - v)/tau : 1', threshold='v > 0.5',
                refractory=2*ms, method='exact')
run(10*ms)
