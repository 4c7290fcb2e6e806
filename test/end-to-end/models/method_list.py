"""A list of methods of which the second is the first that works."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, 'dv/dt = (sin(v) - v)/tau : 1', method=['exact', 'rk4'])
run(10*ms)
