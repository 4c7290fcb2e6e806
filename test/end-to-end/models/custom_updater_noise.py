"""A user's own state updater for multiplicative noise: a weighted heun."""
from brian2 import *

weighted = ExplicitStateUpdater('''x_support = x + g(x,t)*dW
                                   g_support = g(x_support, t + dt)
                                   x_new = x + dt*f(x,t) + dW*(0.25*g(x,t) + 0.75*g_support)''',
                                stochastic='multiplicative')
tau = 10*ms
G = NeuronGroup(3, 'dv/dt = (v - v**3)/tau + 0.3*v*xi*tau**-0.5 : 1',
                method=weighted)
run(10*ms)
