"""Each neuron's own refractory period, which the reset prolongs."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, '''dv/dt = (1 - v)/tau : 1 (unless refractory)
                      ref : second''',
                threshold='v > 0.5', reset='''v = 0
                                              ref += 0.5*ms''',
                refractory='ref', method='exact')
G.ref = 2*ms
run(10*ms)
