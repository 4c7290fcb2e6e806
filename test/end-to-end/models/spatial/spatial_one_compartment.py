"""One compartment: all is scalar; a linked variable; point currents."""
from brian2 import *

gL = 1e-4*siemens/cm**2
EL = -70*mV
driver = NeuronGroup(1, 'du/dt = 1/(10*ms) : 1', method='euler', name='driver')
soma = SpatialNeuron(morphology=Soma(30*um),
                     model='''Im = gL*(EL - v)*u + J/area : amp/meter**2
                              u : 1 (linked)
                              J : amp
                              K : amp (point current, shared)''',
                     threshold='v > -40*mV', reset='J = 0*nA', name='soma',
                     Ri=100*ohm*cm)
soma.u = linked_var(driver, 'u')
run(1*ms)
