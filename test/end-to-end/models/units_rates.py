"""Populations whose activity is a rate: 90*Hz looks like 90."""
from brian2 import *

wilson_cowan = NeuronGroup(4, '''
dE/dt = (-E + E_max/(1 + exp(-(c1*E - c2*I + P - theta_E)/s_E)))/(20*ms) : Hz
dI/dt = (-I + I_max/(1 + exp(-(c3*E - c4*I - theta_I)/s_I)))/(12*ms) : Hz
P : Hz
''', method='heun', namespace={
    'E_max': 100*Hz, 'I_max': 200*Hz, 'theta_E': 18*Hz, 'theta_I': 27*Hz, 's_E': 5*Hz, 's_I': 7*Hz,
    'c1': 1.6, 'c2': 1.1, 'c3': 1.9, 'c4': 0.4})
wilson_cowan.P = 12*Hz
pop = NeuronGroup(2, '''
dr/dt = (-r + S_max/(1 + exp(-(x - theta)/sigma)))/tau : Hz
x = w_self*r + b : 1
w_self : second
b : 1
''', method='rk4', namespace={'S_max': 90*Hz, 'sigma': 2.2, 'theta': 3.5, 'tau': 14*ms})
pop.w_self = 50*ms
run(10*ms)
