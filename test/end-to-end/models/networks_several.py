"""Two explicit networks, run one after the other."""
from brian2 import *

tau = 10*ms
A = NeuronGroup(2, 'dv/dt = -v/tau : 1', method='euler', name='first')
B = NeuronGroup(3, 'dv/dt = (1 - v)/tau : 1', method='exact', name='second_',
                threshold='v > 0.5', reset='v = 0')
one = Network(A)
two = Network(B)
one.run(10*ms)
two.run(20*ms)
one.run(30*ms)
