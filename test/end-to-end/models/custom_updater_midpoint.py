"""A user's own state updater: the explicit midpoint rule."""
from brian2 import *

midpoint = ExplicitStateUpdater('''half_x = x + dt*f(x, t)/2
                                   x_new = x + dt*f(half_x, t + dt/2)''')
tau = 10*ms
G = NeuronGroup(3, '''dv/dt = (v - v**3 - w + sin(t/tau))/tau : 1
                      dw/dt = (v - w)/tau : 1''', method=midpoint)
run(10*ms)
