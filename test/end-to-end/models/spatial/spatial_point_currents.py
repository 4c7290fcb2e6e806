"""Point currents of every kind: parameter, equation, subexpression."""
from brian2 import *

gL = 1e-4*siemens/cm**2
EL = -70*mV
E_e = 0*mV
tau_e = 5*ms
tau_i = 10*ms
morpho = Soma(20*um)
morpho.dendrite = Cylinder(diameter=1*um, length=100*um, n=5)
eqs = '''
Im = gL*(EL - v) : amp/meter**2
I_injected : amp (point current)
dI_slow/dt = -I_slow/tau_i : amp (point current)
I_synaptic = g_e*(E_e - v) : amp (point current)
dg_e/dt = -g_e/tau_e : siemens
'''
neuron = SpatialNeuron(morphology=morpho, model=eqs, Cm=1*uF/cm**2,
                       Ri=100*ohm*cm, method='exponential_euler',
                       name='point')
neuron.v = EL
source = NeuronGroup(2, 'dx/dt = 100*Hz : 1', method='euler',
                     threshold='x > 1', reset='x = 0', name='source')
S = Synapses(source, neuron, on_pre='g_e += 1*nS', name='onto')
S.connect(i=[0, 1], j=[2, 4])
run(5*ms)
