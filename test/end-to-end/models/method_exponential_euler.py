"""exponential_euler: conditionally linear equations, one with A = 0."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dv/dt = (w*(0.3 - v) - v)/tau : 1
                      dw/dt = (v**2*(1 - w) - 0.5*w)/tau : 1
                      dcount/dt = v/tau : 1''', method='exponential_euler')
run(10*ms)
