"""The equations themselves use not_refractory and lastspike."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, '''dv/dt = (int(not_refractory)*I - v)/tau : 1
                      da/dt = -a/tau*(1 + int(not_refractory)) : 1
                      I : 1
                      since = (t - lastspike)/tau : 1
                      db/dt = (exp(-since) - b)/tau : 1''',
                threshold='v > 0.5', reset='v = 0', refractory=2*ms,
                method='euler')
run(10*ms)
