"""The noise amplitude is a parameter, with units, and depends on t."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dv/dt = (E - v)/tau + sigma*(1 + 0.5*sin(t/tau))*xi/sqrt(tau) : volt
                      sigma : volt
                      E : volt (constant)''', method='heun')
G.sigma = 1*mV
run(10*ms)
