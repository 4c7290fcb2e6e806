"""Group and variable names that cannot be split at an underscore."""
from brian2 import *

tau = 10*ms
tau_2 = 20*ms
A = NeuronGroup(2, '''dv/dt = -v/tau : 1
                      x_v : 1''', name='my_group', method='euler',
                threshold='v > 1', reset='v = x_v')
B = NeuronGroup(3, '''dv/dt = (x_v - v)/tau_2 : 1
                      dx_v/dt = -x_v/tau : 1
                      v_x_v : 1''', name='my_group_x', method='euler',
                threshold='x_v > 1', reset='x_v = v_x_v')
C = NeuronGroup(4, 'dx/dt = -x/tau/3 : 1', name='my_group_x_1', method='exact')
D = NeuronGroup(5, 'dv_1/dt = -v_1/tau/4 : 1', name='my_group_1',
                method='exact')
run(10*ms)
