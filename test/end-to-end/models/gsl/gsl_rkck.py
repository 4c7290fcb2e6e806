"""The GNU Scientific Library's rkck, two equations and a constant that stays in
the right-hand side."""
from brian2 import *

mu = 1.5
tau = 10*ms
G = NeuronGroup(3, '''dx/dt = y/tau : 1
                      dy/dt = (mu*(1 - x**2)*y - x)/tau : 1
                      p : 1''', method='gsl_rkck')
run(10*ms)
