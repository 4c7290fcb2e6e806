"""gsl (the alias of gsl_rkf45) with events, refractoriness, parameters."""
from brian2 import *

tau = 10*ms
E = -70*mV
G = NeuronGroup(3, '''dv/dt = (E - v + R*I)/tau : volt (unless refractory)
                      dw/dt = (sin(t/tau) - w)/tau : 1
                      I : amp
                      R : ohm (shared, constant)''', method='gsl',
                threshold='v > -50*mV', reset='v = E', refractory=2*ms)
run(10*ms)
