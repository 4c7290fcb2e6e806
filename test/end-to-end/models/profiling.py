"""Profiling: clocks around each code object."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, 'dv/dt = (1.5 - v)/tau : 1 (unless refractory)',
                method='exact', threshold='v > 1', reset='v = 0',
                refractory=2*ms)
G.run_regularly('v *= 0.99', dt=1*ms)
H = NeuronGroup(2, 'dx/dt = -x/tau : 1', method='euler')
run(10*ms, profile=True)
run(5*ms, profile=True)
