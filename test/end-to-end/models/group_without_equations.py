"""Groups that hold nothing but their size, or only parameters."""
from brian2 import *

tau = 10*ms
A = NeuronGroup(5, '', threshold='i == 2', reset='', name='only_events')
B = NeuronGroup(4, 'x : 1', name='only_parameters')
C = NeuronGroup(3, 'x = sin(t/tau)*i : 1', name='only_subexpression')
mon = StateMonitor(C, 'x', record=True)
D = NeuronGroup(2, 'x : volt', threshold='x > 1*mV', reset='x = 0*mV',
                name='no_differential_equation')
run(10*ms)
