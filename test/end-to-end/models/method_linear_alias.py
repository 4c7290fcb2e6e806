"""'linear' is the old name of 'exact'."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, 'dv/dt = -v/tau : 1', method='linear')
run(10*ms)
