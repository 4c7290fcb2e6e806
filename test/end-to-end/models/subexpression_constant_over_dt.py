"""(constant over dt): stored in an array and updated once a step."""
from brian2 import *

tau = 10*ms
sigma = 0.3
G = NeuronGroup(3, '''dv/dt = (kick + push - v)/tau : 1
                      kick = sigma*randn() : 1 (constant over dt)
                      push = v**2 + base : 1 (constant over dt)
                      base = 0.1*v : 1''', method='rk4',
                threshold='v + kick > 1', reset='v = 0')
run(10*ms)
