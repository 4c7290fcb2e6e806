"""run() twice, nothing changed in between."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = -v/tau : 1', method='exact', threshold='v > 1',
                reset='v = 0')
run(10*ms)
run(10*ms)
