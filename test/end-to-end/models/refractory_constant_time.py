"""The plain refractory period, and one that is not a round number."""
from brian2 import *

tau = 10*ms
a = NeuronGroup(2, 'dv/dt = (1 - v)/tau : 1 (unless refractory)', name='a',
                threshold='v > 0.5', reset='v = 0', refractory=5*ms,
                method='exact')
b = NeuronGroup(2, 'dv/dt = (1 - v)/tau : 1', name='b',
                threshold='v > 0.5', reset='v = 0', refractory=second/3,
                method='exact')
run(10*ms)
