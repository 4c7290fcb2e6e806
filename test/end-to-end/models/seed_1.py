"""The first sample of the seed: a leaky integrate-and-fire neuron."""
from brian2 import *

eqs = ''' dv/dt = (v_rest - v) / tau : volt '''
v_rest = -70 * mV
v_th = 0.8 * volt
tau = 10 * ms
grp = NeuronGroup(1, eqs, threshold='v > v_th', reset='v = v_rest',
                  refractory=2 * ms, method='euler')
run(10*ms)
