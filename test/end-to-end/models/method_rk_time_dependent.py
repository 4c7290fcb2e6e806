"""rk2 and rk4 with functions of t: the code evaluates t at half steps."""
from brian2 import *

tau = 10*ms
f = 20*Hz
second_order = NeuronGroup(3, 'dv/dt = (sin(2*pi*f*t) - v)/tau : 1',
                           method='rk2', name='second_order')
fourth_order = NeuronGroup(3, 'dv/dt = (cos(2*pi*f*t)*v - v**2 + t/tau)/tau : 1',
                           method='rk4', name='fourth_order')
run(10*ms)
