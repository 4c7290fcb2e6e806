"""dt in the equations themselves, under euler."""
from brian2 import *

tau = 10*ms
a = NeuronGroup(3, 'dv/dt = -v*(1 - exp(-dt/tau))/dt : 1', method='euler',
                name='a')
b = NeuronGroup(3, 'dv/dt = -v/tau + 0.1*randn()/sqrt(dt*tau) : 1',
                method='euler', name='b')
c = NeuronGroup(3, 'dv/dt = -v/(tau + dt) : 1', method='euler', name='c')
d = NeuronGroup(3, 'dv/dt = (0.5 - v)/dt : 1', method='euler', name='d')
run(10*ms)
