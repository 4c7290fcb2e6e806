"""rand(), randn() and poisson() on the right-hand side."""
from brian2 import *

tau = 10*ms
a = NeuronGroup(3, 'dv/dt = (rand() - v)/tau : 1', method='euler', name='a')
b = NeuronGroup(3, 'dv/dt = (randn() + rand()*v)/tau : 1', method='euler',
                name='b')
c = NeuronGroup(3, 'dv/dt = (poisson(5) - v)/tau : 1', method='euler', name='c')
run(10*ms)
