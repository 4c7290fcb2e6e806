"""Several run()s between which external constants change."""
from brian2 import *

tau = 10*ms
I = 0.5
G = NeuronGroup(2, 'dv/dt = (I - v)/tau : 1', method='exact',
                threshold='v > 0.4', reset='v = 0')
run(10*ms)
I = 1.5
run(20*ms)
tau = 5*ms
I = -0.25
run(5*ms)
