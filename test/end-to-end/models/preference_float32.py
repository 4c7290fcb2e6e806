"""Single precision: float instead of double, literals with an f."""
from brian2 import *

prefs.core.default_float_dtype = float32
tau = 10*ms
E = -70*mV
G = NeuronGroup(3, '''dv/dt = (E - v + R*I)/tau : volt (unless refractory)
                      I : amp
                      R : ohm (shared, constant)''', method='exact',
                threshold='v > -50*mV', reset='v = E', refractory=2*ms)
H = NeuronGroup(3, 'dx/dt = (x - x**3)/tau : 1', method='rk4')
run(10*ms)
