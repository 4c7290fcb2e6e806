"""heun: additive and multiplicative noise, one and two sources."""
from brian2 import *

tau = 10*ms
sigma = 0.2
G = NeuronGroup(3, '''dx/dt = -x/tau + sigma*x*xi_1*tau**-0.5 + 0.1*y*xi_2*tau**-0.5 : 1
                      dy/dt = (x - y)/tau + sigma*xi_2*tau**-0.5 : 1''',
                method='heun')
run(10*ms)
