"""exact, one linear equation."""
from brian2 import *

tau = 10*ms
v0 = 0.5
G = NeuronGroup(3, 'dv/dt = (v0 - v)/tau : 1', method='exact')
run(10*ms)
