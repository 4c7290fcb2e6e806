"""Boolean parameters: the generator makes a version of the code for each
combination of their values."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(4, '''dv/dt = (int(on)*I - int(fast)*v - v)/tau : 1
                      dw/dt = int(on and not fast)*(1 - w)/tau : 1
                      on : boolean
                      fast : boolean (constant)
                      everywhere : boolean (shared)
                      I = 0.5 + int(everywhere) : 1''', method='euler',
                threshold='on and v > 1', reset='on = not on; v = 0')
run(10*ms)
