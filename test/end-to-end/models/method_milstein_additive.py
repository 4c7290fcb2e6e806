"""milstein where the noise is additive: the correction term vanishes."""
from brian2 import *

tau = 10*ms
sigma = 2*mV
G = NeuronGroup(3, 'dv/dt = -v/tau + sigma*sqrt(2/tau)*xi : volt',
                method='milstein')
run(10*ms)
