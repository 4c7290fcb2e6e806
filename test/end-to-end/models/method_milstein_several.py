"""milstein: two equations with a noise of their own each (diagonal)."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dx/dt = (y - x)/tau + x*xi_1*tau**-0.5 : 1
                      dy/dt = -y/tau + (1 + y**2)*xi_2*tau**-0.5 : 1
                      dz/dt = (x - z)/tau : 1''', method='milstein')
run(10*ms)
