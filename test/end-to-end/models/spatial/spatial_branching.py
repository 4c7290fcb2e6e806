"""A soma with branches of several kinds, addressed by name."""
from brian2 import *

gL = 1e-4*siemens/cm**2
EL = -70*mV
morpho = Soma(30*um)
morpho.axon = Cylinder(diameter=1*um, length=300*um, n=6)
morpho.dendrite = Cylinder(diameter=2*um, length=100*um, n=4)
morpho.dendrite.L = Section(diameter=[2, 1.5, 1, 0.5]*um,
                            length=[20, 30, 20]*um, n=3)
morpho.dendrite.R = Cylinder(diameter=1*um, length=50*um, n=2)
neuron = SpatialNeuron(morphology=morpho,
                       model='''Im = g*(EL - v) : amp/meter**2
                                g : siemens/meter**2''',
                       Cm=0.9*uF/cm**2, Ri=150*ohm*cm, name='tree',
                       threshold='v > -40*mV', reset='g = 2*gL',
                       threshold_location=3,
                       refractory=2*ms, method='exponential_euler')
neuron.v = EL
neuron.g = gL
neuron.axon.g = 3*gL
M = StateMonitor(neuron, 'v', record=[0, 5])
run(5*ms)
