"""A user's own state updater for multiplicative noise: stochastic midpoint."""
from brian2 import *

midway = ExplicitStateUpdater('''half = x + g(x, t)*dW/2
                                 g_half = g(half, t + dt/2)
                                 x_new = x + dt*f(x, t) + g_half*dW''',
                              stochastic='multiplicative')
tau = 10*ms
G = NeuronGroup(3, 'dv/dt = (v - v**3)/tau + 0.3*v*xi*tau**-0.5 : 1',
                method=midway)
run(10*ms)
