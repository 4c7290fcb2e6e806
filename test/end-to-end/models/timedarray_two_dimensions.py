"""A two-dimensional TimedArray, indexed by time and neuron."""
from brian2 import *

tau = 10*ms
pattern = TimedArray(np.arange(12).reshape(4, 3), dt=2*ms)
G = NeuronGroup(6, '''dv/dt = (pattern(t, i % 3) - v)/tau : 1
                      I = pattern(t, i//2) : 1''', method='euler',
                threshold='v > I', reset='v = 0')
run(10*ms)
