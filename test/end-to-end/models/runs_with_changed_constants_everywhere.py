"""Constants that change from run to run in equations, threshold, reset."""
from brian2 import *

tau = 10*ms
sigma = 0.1
limit = 1.0
low = 0.0
G = NeuronGroup(2, 'dv/dt = -v/tau + sigma*xi*tau**-0.5 : 1', method='euler',
                threshold='v > limit', reset='v = low')
G.run_regularly('v += sigma', dt=2*ms)
run(10*ms)
sigma = 0.2
limit = 1.5
run(10*ms)
tau = 20*ms
low = -0.25
run(10*ms)
