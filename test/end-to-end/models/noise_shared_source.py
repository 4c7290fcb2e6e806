"""One noise source that drives two equations, beside private ones."""
from brian2 import *

tau = 10*ms
c = 0.4
G = NeuronGroup(3, '''da/dt = -a/tau + (sqrt(c)*xi_common + sqrt(1 - c)*xi_a)*tau**-0.5 : 1
                      db/dt = -b/tau + (sqrt(c)*xi_common + sqrt(1 - c)*xi_b)*tau**-0.5 : 1''',
                method='euler')
run(10*ms)
