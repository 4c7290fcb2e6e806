"""A TimedArray as the input current, and one with a name."""
from brian2 import *

tau = 10*ms
stimulus = TimedArray(np.arange(5)*nA, dt=2*ms)
other = TimedArray([1, 0, 1], dt=3*ms, name='my_stimulus')
R = 10*Mohm
G = NeuronGroup(3, '''dv/dt = (R*stimulus(t) - v)/tau : volt
                      dw/dt = (other(t - 1*ms)*other(t) - w)/tau : 1''',
                method='exponential_euler')
run(10*ms)
