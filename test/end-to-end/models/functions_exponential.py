"""exp and its kin: exprel, expm1, log, log10, log1p, sqrt, powers."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''da/dt = (exprel(a) + expm1(-a) - a)/tau : 1
                      db/dt = (log1p(b**2) - log(1 + exp(b)) + log10(2 + b**2))/tau : 1
                      dc/dt = (sqrt(1 + c**2) - c**3 + (1 + c**2)**0.3 + 2**c)/tau : 1
                      dd/dt = (1/(1 + exp(-d)) - d)/tau : 1''', method='euler')
run(10*ms)
