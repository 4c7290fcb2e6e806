"""Comparisons as numbers: piecewise definitions."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dv/dt = (int(v > 0.5)*(1 - v) + int(v <= 0.5)*v**2)/tau : 1
                      dw/dt = (int(v > w and w >= 0)*0.3 - int(v != w or w < 0)*w)/tau : 1
                      dz/dt = (int(not (z < 0.2)) - z)/tau : 1
                      du/dt = -int(i == 1)*u/tau : 1''', method='euler')
run(10*ms)
