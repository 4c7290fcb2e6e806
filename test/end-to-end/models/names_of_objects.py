"""Groups named like code objects and events named like slots."""
from brian2 import *

tau = 10*ms
A = NeuronGroup(2, 'dv/dt = -v/tau : 1', name='stateupdater', method='euler',
                threshold='v > 1', reset='v = 0')
B = NeuronGroup(3, 'dv/dt = -v/tau : 1', name='g_spike_thresholder',
                method='euler', events={'g_spike': 'v > 2'})
B.run_on_event('g_spike', 'v -= 1')
C = NeuronGroup(2, 'dresetter/dt = -resetter/tau : 1', name='codeobject',
                method='exact')
run(10*ms)
