"""t, dt and i in equations and events."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dv/dt = (int(t > 2*ms and t < 5*ms)*i/N - v)/tau : 1
                      dw/dt = (t/tau - w)/tau : 1''', method='euler',
                threshold='v > 0.1 and t > 1*ms', reset='v = 0.01*i + dt/tau')
run(10*ms)
