"""Hindmarsh-Rose bursting with heun (no noise)."""
from brian2 import *

r = 0.006
s = 4.0
x_r = -1.6
tau = 1*ms
G = NeuronGroup(2, '''dx/dt = (y - x**3 + 3*x**2 - z + I)/tau : 1
                      dy/dt = (1 - 5*x**2 - y)/tau : 1
                      dz/dt = r*(s*(x - x_r) - z)/tau : 1
                      I : 1 (constant)''', method='heun')
run(10*ms)
