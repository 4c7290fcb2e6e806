"""Noise in an equation that is switched off while refractory."""
from brian2 import *

tau = 10*ms
sigma = 3*mV
G = NeuronGroup(3, 'dv/dt = -v/tau + sigma*xi*tau**-0.5 : volt (unless refractory)',
                threshold='v > 2*mV', reset='v = 0*mV', refractory=3*ms,
                method='euler')
run(10*ms)
