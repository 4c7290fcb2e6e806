"""OpenMP pragmas in networks: subexpressions, synapses, several clocks."""
from brian2 import *

prefs.devices.cpp_standalone.openmp_threads = 4
tau = 10*ms
G = NeuronGroup(4, '''dv/dt = (drive - v)/tau : 1 (unless refractory)
                      drive = 1 + g : 1
                      dg/dt = -g/(5*ms) : 1
                      k : 1 (shared)''', method='exponential_euler',
                threshold='v > k', reset='v = 0', refractory='1*ms + v*ms',
                events={'low': 'v < -1'}, name='cells')
G.run_on_event('low', 'v = -1')
G.run_regularly('k = 1', dt=1*ms)
S = Synapses(G, G, 'w : 1', on_pre='g += w', name='recurrent')
S.connect(p=0.5)
M = StateMonitor(G, ['v', 'drive'], record=True)
run(10*ms)
