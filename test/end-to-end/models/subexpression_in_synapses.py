"""Subexpressions of both groups in synaptic code, under other names."""
from brian2 import *

tau = 10*ms
k = 0.3
G = NeuronGroup(4, '''dv/dt = (1.5 + I_ext - v)/tau : 1
                      I_ext : 1
                      rate = k*v + shift : 1
                      shift = 0.1*v**2 : 1
                      twice = 2*k : 1''', method='euler', threshold='v > 1', reset='v = 0')
H = NeuronGroup(2, '''dw/dt = (drive + level - w)/tau : 1
                      drive : 1
                      level = w*(1 - w) : 1
                      gain = 1/(1 + exp(-w)) : 1''', method='euler',
                threshold='w > 1', reset='w = 0')
S = Synapses(G, H, '''a : 1
                      drive_post = a*rate_pre*gain_post : 1 (summed)''',
             on_pre='''w_post += 0.1*a*level_post
                       a = clip(a + 0.01*rate_pre, 0, 1)''',
             on_post='v_pre += 0.01*twice_pre')
S.connect()
S.a = 'rate_pre + 0.1'
run(10*ms)
