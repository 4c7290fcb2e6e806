"""Random thresholds (Poisson neurons) and random resets."""
from brian2 import *

G = NeuronGroup(3, '''rate : Hz
                      x : 1''', threshold='rand() < rate*dt',
                reset='x = randn() + poisson(2*rate*ms)')
G.rate = 100*Hz
run(10*ms)
