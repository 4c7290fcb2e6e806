"""dt in the equations themselves, under every method that Brian2 has."""
from brian2 import *
tau = 10*ms
a = NeuronGroup(3, 'dv/dt = -v/tau + sin(dt/tau)/tau : 1', method='rk2', name='a')
b = NeuronGroup(3, 'dv/dt = -v**2/tau + sin(dt/tau)/tau : 1', method='rk4', name='b')
c = NeuronGroup(3, 'dv/dt = -v/tau + w*sin(dt/tau)/tau + w/sqrt(tau)*xi: 1\ndw/dt=-w/tau : 1', method='heun', name='c')
d = NeuronGroup(3, 'dv/dt = -v/tau + w*sin(dt/tau)/tau : 1\ndw/dt=-w/tau : 1', method='exponential_euler', name='d')
e = NeuronGroup(3, 'dv/dt = -v/tau + randn()*sqrt(2/(tau*dt)) : 1', method='euler', name='e')
f = NeuronGroup(3, 'dv/dt = -v/tau + v/sqrt(tau)*xi + exp(-dt/tau)*v/dt: 1', method='milstein', name='f')
g = NeuronGroup(3, 'dv/dt = (1-v)/tau*(1-dt/(2*tau)) : 1', method='euler', name='g')
h = NeuronGroup(3, 'dv/dt = (1-v)/(tau+dt/2) : 1\ndw/dt = (v-w)/tau:1', method='euler', name='h')
run(1*ms)
