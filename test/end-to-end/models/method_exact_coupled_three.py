"""exact, an alpha synapse: three coupled equations, the last two of one
time constant."""
from brian2 import *

tau_m = 20*ms
tau_a = 5*ms
G = NeuronGroup(3, '''dv/dt = (g - v)/tau_m : 1
                      dg/dt = (x - g)/tau_a : 1
                      dx/dt = -x/tau_a : 1''', method='exact',
                threshold='v > 0.1', reset='v = 0')
run(10*ms)
