"""clip, int, floor, ceil, abs, sign, modulo and integer division."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''da/dt = (clip(a, -1, 1) - a)/tau : 1
                      db/dt = (floor(b) + ceil(2*b) - int(b > 0.5))/tau : 1
                      dc/dt = -abs(c)*sign(c - 0.1)/tau : 1
                      dd/dt = (d % 2 - d//0.5)/tau : 1
                      de_/dt = (i % 2 + i//2 - e_)/tau : 1''', method='euler')
run(10*ms)
