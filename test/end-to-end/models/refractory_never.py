"""A refractory condition that never holds; a variable that nothing moves but
that stands still while the neuron is refractory, which matters to synapses; and
a group that is refractory but has no threshold."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, '''dv/dt = (1.2 - v)/tau : 1
                      du/dt = 0/second : 1 (unless refractory)''',
                threshold='v > 1', reset='v = 0', refractory='False',
                method='euler')
H = NeuronGroup(2, 'dw/dt = 0*Hz : 1 (unless refractory)', threshold='w > 1',
                reset='w = 0', refractory=2*ms, method='euler')
K = NeuronGroup(2, 'dx/dt = -x/tau : 1 (unless refractory)', refractory=1.5*ms,
                method='exact')
S = Synapses(G, H, on_pre='w += 0.3')
S.connect()
run(10*ms)
