"""Variables of compound dimensions."""
from brian2 import *

tau = 10*ms
k = 3*nS/mV
G = NeuronGroup(2, '''dv/dt = slope + (I - k*v**2)/C : volt
                      slope : volt/second
                      C : farad
                      I = J*area : amp
                      J : amp/meter**2
                      area : metre**2
                      drate/dt = (1/tau - rate)/tau : Hz
                      dD/dt = -D/tau : metre**2/second''', method='euler')
run(10*ms)
