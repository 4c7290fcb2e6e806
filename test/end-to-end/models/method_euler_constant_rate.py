"""Right-hand sides without the variable itself: constant, zero, a parameter.
(Brian2's exact refuses them.)"""
from brian2 import *

speed = 3*mV/ms
G = NeuronGroup(3, '''dv/dt = speed : volt
                      dpassed/dt = 1*Hz : 1
                      dfixed/dt = 0*volt/second : volt
                      w : Hz
                      dphase/dt = w : 1''')
run(10*ms)
