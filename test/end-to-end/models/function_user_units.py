"""A user function with units and one that takes the neuron's index."""
from brian2 import *


@implementation('cpp', '''
double conductance(double v, int i)
{
    return 1e-9*(1 + i)/(1 + exp(-v/0.01));
}
''')
@check_units(v=volt, i=1, result=siemens)
def conductance(v, i):
    return 1*nS*(1 + i)/(1 + np.exp(-v/(10*mV)))


C = 100*pF
E = -70*mV
G = NeuronGroup(3, 'dv/dt = conductance(v, i)*(E - v)/C : volt', method='rk2')
run(10*ms)
