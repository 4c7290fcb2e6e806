"""Wilson-Cowan rates: two sigmoids."""
from brian2 import *

tau_e = 10*ms
tau_i = 20*ms
w_ee = 12.0
w_ei = 4.0
w_ie = 13.0
w_ii = 11.0
G = NeuronGroup(2, '''dE_/dt = (-E_ + (1 - E_)*S_e)/tau_e : 1
                      dI_/dt = (-I_ + (1 - I_)*S_i)/tau_i : 1
                      S_e = 1/(1 + exp(-1.3*(w_ee*E_ - w_ei*I_ + P - 4))) - 1/(1 + exp(1.3*4)) : 1
                      S_i = 1/(1 + exp(-2*(w_ie*E_ - w_ii*I_ - 3.7))) - 1/(1 + exp(2*3.7)) : 1
                      P : 1''', method='rk4')
run(10*ms)
