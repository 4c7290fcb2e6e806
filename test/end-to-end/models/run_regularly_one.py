"""One operation for a group: all that Brian2GeNN had until 1.3."""
from brian2 import *

tau = 10*ms
decay = 0.9
G = NeuronGroup(4, '''dv/dt = (I - v)/tau : 1
                      I : 1
                      bias : 1 (shared)''', method='exact',
                threshold='v > 1', reset='v = 0', refractory=2*ms)
G.run_regularly('''bias += 0.01
                   I = decay*I + 0.1*randn() + bias''', dt=2*ms)
run(10*ms)
