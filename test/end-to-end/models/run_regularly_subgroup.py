"""An operation on a part of the group."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(6, '''dv/dt = -v/tau : 1
                      I : 1''', method='exact', name='whole')
part = G[2:5]
part.run_regularly('I = v*2', dt=1*ms)
run(10*ms)
