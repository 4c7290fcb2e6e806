"""Summed variables, event-driven and clock-driven synaptic equations."""
from brian2 import *

tau = 10*ms
tau_s = 5*ms
G = NeuronGroup(4, '''dv/dt = (g_total - v)/tau : 1
                      g_total : 1''', method='exact', threshold='v > 1',
                reset='v = 0', name='cells')
S = Synapses(G, G, '''dg/dt = -g/tau_s : 1 (clock-driven)
                      dapre/dt = -apre/tau_s : 1 (event-driven)
                      g_total_post = g : 1 (summed)
                      w : 1''',
             on_pre='''g += w
                       apre += 1''', on_post='w = w + 0.01*apre',
             method='exact', name='plastic')
S.connect()
run(10*ms)
