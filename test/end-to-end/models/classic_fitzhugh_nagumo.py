"""FitzHugh-Nagumo with rk4."""
from brian2 import *

tau = 12.5
a = 0.7
b = 0.8
scale = 1*ms
G = NeuronGroup(2, '''dv/dt = (v - v**3/3 - w + I)/scale : 1
                      dw/dt = (v + a - b*w)/(tau*scale) : 1
                      I : 1''', method='rk4', threshold='v > 1', refractory='v > 1',
                reset='')
run(10*ms)
