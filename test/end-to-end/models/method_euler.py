"""euler on a nonlinear pair of equations."""
from brian2 import *

tau = 10*ms
a = 0.7
G = NeuronGroup(3, '''dx/dt = (x - x**3/3 - y)/tau : 1
                      dy/dt = (x + a)/tau/12 : 1''', method='euler')
run(10*ms)
