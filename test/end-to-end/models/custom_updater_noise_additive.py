"""A user's own state updater for additive noise: half a step of drift after
the noise."""
from brian2 import *

shifted = ExplicitStateUpdater('x_new = x + dt*f(x, t + dt/2) + g(x, t)*dW',
                               stochastic='additive')
tau = 10*ms
G = NeuronGroup(3, 'dv/dt = (sin(t/tau) - v**3)/tau + 0.3*xi*tau**-0.5 : 1',
                method=shifted)
run(10*ms)
