"""Constants from the group's namespace and from run(namespace=...)."""
from brian2 import *

tau = 99*second  # hidden by the group's own
A = NeuronGroup(2, 'dv/dt = (level - v)/tau : volt', method='exact', name='A',
                namespace={'tau': 7*ms, 'level': 3*mV})
B = NeuronGroup(2, 'dv/dt = (k - v)/tau_b : 1', method='exact', name='B')
run(10*ms, namespace={'tau_b': 4*ms, 'k': 2})
