"""Group and variable names with underscores and digits."""
from brian2 import *

tau_1 = 10*ms
A = NeuronGroup(2, 'dv_1/dt = -v_1/tau_1 : 1', method='exact', name='E_1')
B = NeuronGroup(2, 'dv/dt = -v/tau_1 : 1', method='exact', name='E_1_v')
C = NeuronGroup(2, '''dv_1_2/dt = -v_1_2/tau_1 : 1
                      dx2y/dt = (v_1_2 - x2y)/tau_1 : 1''', method='euler',
                name='group2b', threshold='x2y > 1', reset='x2y = 0')
D = NeuronGroup(2, 'dE_1/dt = (1 - E_1)/tau_1 : 1', method='euler',
                name='neurongroup_1_', threshold='E_1 > 0.5',
                reset='E_1 = 0')
run(10*ms)
