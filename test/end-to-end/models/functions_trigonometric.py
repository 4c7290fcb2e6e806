"""Trigonometric and hyperbolic functions and their inverses."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''da/dt = (sin(a) + cos(2*a)*tan(a/4))/tau : 1
                      db/dt = (sinh(b/3) - cosh(b/2) + tanh(b))/tau : 1
                      dc/dt = (arcsin(c/10) + arccos(c/20) - arctan(c))/tau : 1''',
                method='rk2')
run(10*ms)
