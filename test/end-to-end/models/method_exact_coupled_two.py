"""exact, two coupled linear equations: a matrix exponential in the code."""
from brian2 import *

tau_m = 20*ms
tau_s = 5*ms
R = 100*Mohm
G = NeuronGroup(3, '''dv/dt = (-v + R*I)/tau_m : volt
                      dI/dt = -I/tau_s : amp''', method='exact')
run(10*ms)
