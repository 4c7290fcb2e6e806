"""Twelve synaptic currents into one membrane."""
from brian2 import *

numbers = range(1, 13)
decays = ''.join('dg%d/dt = -g%d/tau_%d : siemens\n' % (k, k, k) for k in numbers)
currents = ' + '.join('g%d*(E_%d - v)' % (k, k) for k in numbers)
constants = {'tau_%d' % k: k*ms for k in numbers}
constants.update({'E_%d' % k: (-80 + 5*k)*mV for k in numbers})
G = NeuronGroup(3, 'dv/dt = (10*nS*(-70*mV - v) + %s)/(200*pF) : volt (unless refractory)\n%s' % (currents, decays),
                threshold='v > -50*mV', reset='v = -70*mV; g1 += 1*nS', refractory=2*ms,
                method='exponential_euler', namespace=constants)
run(1*ms)
