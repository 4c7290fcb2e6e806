"""A user's own state updater: Ralston's second order method."""
from brian2 import *

ralston = ExplicitStateUpdater('''first = dt*f(x, t)
                                  second_ = dt*f(x + 2*first/3, t + 2*dt/3)
                                  x_new = x + first/4 + 3*second_/4''')
tau = 10*ms
G = NeuronGroup(3, 'dv/dt = (exp(-v) - v**2)/tau : 1', method=ralston,
                threshold='v > 1', reset='v = 0')
run(10*ms)
