"""A random refractory period, drawn anew in each step."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = (1 - v)/tau : 1 (unless refractory)',
                threshold='v > 0.5', reset='v = 0',
                refractory='2*ms + 1*ms*rand()', method='euler')
run(10*ms)
