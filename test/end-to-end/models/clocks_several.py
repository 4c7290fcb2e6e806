"""Groups with time steps of their own, and a clock with a name."""
from brian2 import *

defaultclock.dt = 0.05*ms
tau = 10*ms
slow = Clock(1*ms, name='slow_clock')
A = NeuronGroup(2, 'dv/dt = -v/tau : 1', method='euler', name='A')
B = NeuronGroup(2, 'dv/dt = -v/tau : 1', method='euler', name='B', dt=0.5*ms)
C = NeuronGroup(2, 'dv/dt = -v/tau : 1', method='euler', name='C', clock=slow,
                threshold='v > 1', reset='v = 0')
D = NeuronGroup(2, 'dv/dt = -v/tau : 1', method='exact', name='D',
                dt=second/7000)
run(10*ms)
