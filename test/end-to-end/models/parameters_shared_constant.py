"""Every combination of flags for parameters."""
from brian2 import *

G = NeuronGroup(4, '''dv/dt = (a + b + c + d - v)/tau : 1
                      a : 1
                      b : 1 (constant)
                      c : 1 (shared)
                      d : 1 (shared, constant)
                      tau : second (shared, constant)
                      unused : volt
                      unused_shared : amp (shared)''', method='euler')
G.tau = 10*ms
run(10*ms)
