"""A threshold whose spikes change nothing."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = (1 - v)/tau : 1', method='exact',
                threshold='v > 0.5')
mon = SpikeMonitor(G)
run(10*ms)
