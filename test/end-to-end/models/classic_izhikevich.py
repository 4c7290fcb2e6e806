"""Izhikevich 2003, with units."""
from brian2 import *

a = 0.02/ms
b = 0.2/ms
c = -65*mV
d = 8*mV/ms
I = 10*mV/ms
G = NeuronGroup(2, '''dv/dt = (0.04/ms/mV)*v**2 + (5/ms)*v + 140*mV/ms - u + I : volt
                      du/dt = a*(b*v - u) : volt/second''', method='euler',
                threshold='v >= 30*mV', reset='v = c; u += d')
run(10*ms)
