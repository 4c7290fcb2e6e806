"""A custom event beside the spike, both with code."""
from brian2 import *

tau = 10*ms
v_low = -0.5
G = NeuronGroup(2, '''dv/dt = (I - v)/tau : 1
                      I : 1
                      last : second''', method='exact', threshold='v > 1',
                reset='v = 0', events={'low': 'v < v_low',
                                       'late_one': 't - last > 5*ms'})
G.run_on_event('low', '''I += 0.1
                         v = v_low''')
G.run_on_event('late_one', 'last = t', when='after_groups', order=2)
run(10*ms)
