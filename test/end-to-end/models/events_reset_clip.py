"""Functions, constants with units and comparisons in the reset."""
from brian2 import *

tau = 10*ms
E = -70*mV
G = NeuronGroup(2, '''dv/dt = (E - v)/tau : volt
                      theta : volt''', method='exact',
                threshold='v > theta', reset='''v = E
                theta = clip(theta + 2*mV*int(theta < -40*mV), -60*mV, -30*mV)''')
G.theta = -50*mV
run(10*ms)
