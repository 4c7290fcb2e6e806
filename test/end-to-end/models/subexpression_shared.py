"""Shared subexpressions of shared parameters and of t."""
from brian2 import *

tau = 10*ms
f = 5*Hz
G = NeuronGroup(3, '''dv/dt = (drive - v)/tau : 1
                      amplitude : 1 (shared)
                      drive = amplitude*sin(2*pi*f*t) : 1 (shared)''',
                method='euler')
G.amplitude = 2
run(10*ms)
