"""No method: Brian2 tries exact, euler, heun in this order."""
from brian2 import *

tau = 10*ms
sigma = 0.1
linear = NeuronGroup(3, 'dv/dt = -v/tau : 1', name='linear')
nonlinear = NeuronGroup(3, 'dv/dt = (v - v**3)/tau : 1', name='nonlinear')
additive = NeuronGroup(3, 'dv/dt = -v/tau + sigma*xi*tau**-0.5 : 1',
                       name='additive')
multiplicative = NeuronGroup(3, 'dv/dt = -v/tau + v*xi*tau**-0.5 : 1',
                             name='multiplicative')
run(10*ms)
