"""rk2 on the van der Pol oscillator."""
from brian2 import *

mu = 1.5
tau = 10*ms
G = NeuronGroup(3, '''dx/dt = y/tau : 1
                      dy/dt = (mu*(1 - x**2)*y - x)/tau : 1''', method='rk2')
run(10*ms)
