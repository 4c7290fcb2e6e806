"""Names that are also units, C++ words, macros or Brian2's own."""
from brian2 import *

tau = 10*ms
N_x = 3.5
S = 2.0
F = 0.5
E = 1.2
I = 0.7
G = NeuronGroup(2, '''dX/dt = (E*I - X*S + F*N_x)/tau : 1
                      dI_/dt = -I_*this_/tau : 1
                      this_ = 1 + X**2 : 1
                      M_PI_ : 1
                      dy1/dt = (j1 - M_PI_*y1)/tau : 1
                      j1 : 1
                      NAN_ : 1
                      data : 1 (shared)
                      dnum/dt = (data - num*NAN_)/tau : 1''', method='euler',
                threshold='X > E', reset='X = 0*I')
run(10*ms)
