"""Steady states and time constants of published channels (Connor-Stevens,
Pospischil, McCormick-Huguenard), which exponential_euler multiplies out."""
from brian2 import *

taumax = 608*ms
Vx = 2*mV
G = NeuronGroup(2, '''
dv/dt = (gl*(El - v) + gA*b*(EA - v) + gT*u*(ET - v) + gM*p*(EM - v))/Cm : volt
db/dt = (b_inf - b)/tau_b : 1
b_inf = (1/(1 + exp(0.0688*(v/mV + 53.3))))**4 : 1
tau_b = (1.24 + 2.678/(1 + exp(0.0624*(v/mV + 50))))*ms : second
du/dt = (u_inf - u)/tau_u : 1
u_inf = 1/(1 + exp((v + Vx + 81*mV)/(4*mV))) : 1
tau_u = (242.2 + exp((v + Vx + 113.2*mV)/(5*mV)))/(3.7*(1 + exp((v + Vx + 84*mV)/(3.2*mV))))*ms : second
dp/dt = (1/(1 + exp(-(v + 35*mV)/(10*mV))) - p)*(3.3*exp((v + 35*mV)/(20*mV)) + exp(-(v + 35*mV)/(20*mV)))/taumax : 1
''', namespace={'gl': 10*nS, 'El': -70*mV, 'gA': 50*nS, 'EA': -75*mV, 'gT': 20*nS, 'ET': 120*mV,
                'gM': 5*nS, 'EM': -90*mV, 'Cm': 200*pF, 'taumax': taumax, 'Vx': Vx},
    threshold='v > -20*mV', refractory='v > -20*mV', method='exponential_euler')
run(10*ms)
