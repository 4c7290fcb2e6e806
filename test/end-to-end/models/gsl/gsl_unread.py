"""The GNU Scientific Library's method with right-hand sides that read no
variable of the equations."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dx/dt = 300*Hz : 1
                      dy/dt = sin(2*pi*freq*t)/tau : 1
                      freq : Hz''', threshold='x > 1', reset='x = 0',
                method='gsl')
run(10*ms)
