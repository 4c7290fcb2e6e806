"""Four boolean parameters in one equation: sixteen versions of the code."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(4, '''dv/dt = (int(p)*1.5 + int(q)*v**2 - int(r)*v + int(s)*sin(v))/tau : 1
                      p : boolean
                      q : boolean
                      r : boolean
                      s : boolean''', method='rk2')
run(10*ms)
