"""The time step changes between two runs."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = (1 - v)/tau : 1 (unless refractory)',
                method='exact', threshold='v > 0.5', reset='v = 0',
                refractory=1*ms)
run(10*ms)
defaultclock.dt = 0.05*ms
run(10*ms)
