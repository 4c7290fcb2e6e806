"""A boolean condition: refractory as long as the voltage is high."""
from brian2 import *

tau = 10*ms
v_back = 0.3
G = NeuronGroup(2, 'dv/dt = (I - v)/tau : 1\nI : 1', threshold='v > 0.5',
                reset='', refractory='v > v_back', method='exact')
run(10*ms)
