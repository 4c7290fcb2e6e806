"""Two Ornstein-Uhlenbeck processes, one noise source of its own each."""
from brian2 import *

tau = 10*ms
sigma = 1*mV
G = NeuronGroup(3, '''dv/dt = (u - v)/tau + sigma*sqrt(2/tau)*xi_v : volt
                      du/dt = -u/tau + sigma*sqrt(2/tau)*xi_u : volt''',
                method='euler', threshold='v > 1*mV', reset='v = 0*mV')
run(10*ms)
