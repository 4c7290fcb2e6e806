"""Runs of one network whose objects come, go and rest."""
from brian2 import *

tau = 10*ms
A = NeuronGroup(2, 'dv/dt = -v/tau : 1', method='exact', name='stays')
B = NeuronGroup(3, 'dw/dt = (1 - w)/tau : 1', method='euler', name='comes',
                threshold='w > 0.5', reset='w = 0')
C = NeuronGroup(1, 'dx/dt = 1/tau : 1', method='euler', name='goes')
net = Network(A, C)
net.run(10*ms)
net.remove(C)
net.add(B)
net.run(20*ms)
A.active = False
net.run(5*ms)
