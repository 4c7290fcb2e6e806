"""Amplitudes of noise as roots of fractions, which the code has as decimals."""
from brian2 import *

D = 0.08*mV
g_leak, C_soma, g_NaP = 1.3*nS, 21*pF, 4.2*nS
G = NeuronGroup(2, '''
dV/dt = (g_leak*(-71.5*mV - V) + g_NaP*p**2*(52*mV - V) + I_drive)/C_soma + D*sqrt(2/(9*ms))*xi_soma : volt
p = 1/(1 + exp((-47.3*mV - V)/(5.1*mV))) : 1
dW/dt = -W/(7*ms) + 3*mV*sqrt(2/(7*ms))*xi_w : volt
dU/dt = -U/(3*second) + sqrt(5/(3*second))*xi_u/7 : 1
I_drive : amp
''', method='euler')
run(5*ms)
