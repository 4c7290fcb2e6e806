"""The refractory test of Brian2 before 2.1.3."""
from brian2 import *

prefs.legacy.refractory_timing = True
tau = 10*ms
G = NeuronGroup(3, 'dv/dt = (1 - v)/tau : 1 (unless refractory)',
                method='exact', threshold='v > 0.5', reset='v = 0',
                refractory=2*ms)
run(10*ms)
