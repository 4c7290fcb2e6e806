"""Without the optimisation that moves constant terms out of the loop."""
from brian2 import *

prefs.codegen.loop_invariant_optimisations = False
tau = 10*ms
E = -70*mV
G = NeuronGroup(3, '''dv/dt = (E - v)/tau : volt
                      dw/dt = -w/(2*tau) : 1''', method='exact',
                threshold='v > -50*mV', reset='v = E')
H = NeuronGroup(3, 'dx/dt = (sin(x) - x)/tau : 1', method='rk4')
run(10*ms)
