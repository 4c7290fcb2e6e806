"""Monitors, synapses and operations on parts of a group."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(10, '''dv/dt = (I - v)/tau : 1 (unless refractory)
                       I : 1''', method='exact', threshold='v > 1',
                reset='v = 0', refractory=1*ms, name='cells')
first, second_half = G[:4], G[4:]
first.I = 1.5
second_half.I = '1.2 + 0.1*i'
spikes = SpikeMonitor(first, name='spikes_of_first')
rate = PopulationRateMonitor(second_half, name='rate_of_second')
states = StateMonitor(first, 'v', record=[0, 2], name='states_of_first')
S = Synapses(first, second_half, 'w : 1', on_pre='I += w', name='forward')
S.connect(p=0.5)
S.w = 0.1
T = Synapses(second_half, first, on_pre='v -= 0.05', name='backward')
T.connect(i=[0, 1], j=[2, 3])
second_half.run_regularly('I *= 0.9', dt=1*ms)
run(10*ms)
