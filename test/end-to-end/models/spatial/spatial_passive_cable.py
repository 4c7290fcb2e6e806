"""A passive cable with a current injected into some compartments."""
from brian2 import *

gL = 1e-4*siemens/cm**2
EL = -70*mV
morpho = Cylinder(diameter=1*um, length=300*um, n=10)
neuron = SpatialNeuron(morphology=morpho,
                       model='''Im = gL*(EL - v) : amp/meter**2
                                I : amp (point current)''',
                       Cm=1*uF/cm**2, Ri=100*ohm*cm, name='cable',
                       method='exponential_euler')
neuron.v = EL
neuron.I[0] = 0.02*nA
run(5*ms)
