"""Brian2 renames a clock called 'clock', because C++ has a function of that
name."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = -v/tau : 1', method='euler',
                clock=Clock(0.2*ms, name='clock'))
run(10*ms)
