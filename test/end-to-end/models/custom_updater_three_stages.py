"""A user's own state updater: Kutta's third order, temporaries named anew."""
from brian2 import *

kutta3 = ExplicitStateUpdater('''slope_a = f(x, t)
                                 slope_b = f(x + dt*slope_a/2, t + dt/2)
                                 slope_c = f(x - dt*slope_a + 2*dt*slope_b, t + dt)
                                 x_new = x + dt*(slope_a + 4*slope_b + slope_c)/6''')
tau = 10*ms
G = NeuronGroup(3, '''dx/dt = (y - x**2)/tau : 1
                      dy/dt = (-x*y + 1)/tau : 1 (unless refractory)''',
                method=kutta3, threshold='x > 1', reset='x = 0',
                refractory=2*ms)
run(10*ms)
