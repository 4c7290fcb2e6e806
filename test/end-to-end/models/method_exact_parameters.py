"""exact with parameters of every neuron in the coefficients."""
from brian2 import *

G = NeuronGroup(3, '''dv/dt = (E - v)/tau + I_ext/C : volt
                      E : volt
                      tau : second
                      I_ext : amp (constant)
                      C : farad (shared, constant)''', method='exact')
G.tau = '10*ms + i*ms'
G.C = 100*pF
run(10*ms)
