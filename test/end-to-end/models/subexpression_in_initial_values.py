"""Subexpressions that only initial values, a condition or regular code use."""
from brian2 import *

tau = 10*ms
E_L = -70*mV
G = NeuronGroup(5, '''dv/dt = (E_L - v)/tau : volt
                      dm/dt = (m_inf - m)/tau : 1
                      m_inf = 1/(1 + exp(-(v + 40*mV)/(9*mV))) : 1
                      above = v > E_L + 5*mV : boolean
                      start = E_L + 3*mV*i : volt
                      step_size = (v - E_L)*0.1 : volt''', method='euler')
G.v = 'start'
G.m['above'] = 'm_inf'
G.run_regularly('v -= step_size', dt=1*ms)
run(10*ms)
