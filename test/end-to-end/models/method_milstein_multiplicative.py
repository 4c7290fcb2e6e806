"""milstein: diagonal multiplicative noise."""
from brian2 import *

tau = 10*ms
mu = 0.1
sigma = 0.3
G = NeuronGroup(3, 'dx/dt = mu*x/tau + sigma*x**2*xi*tau**-0.5 : 1',
                method='milstein')
run(10*ms)
