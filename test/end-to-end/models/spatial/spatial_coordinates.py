"""Compartments with coordinates; specific capacitances that differ."""
from brian2 import *

gL = 1e-4*siemens/cm**2
EL = -70*mV
morpho = Soma(diameter=20*um, x=0*um, y=0*um, z=0*um)
morpho.axon = Section(diameter=[1, 1, 0.5, 0.5]*um, x=[0, 10, 20, 30]*um,
                      y=[0, 5, 5, 10]*um, z=[0, 0, 1, 1]*um, n=3)
neuron = SpatialNeuron(morphology=morpho,
                       model='Im = gL*(EL - v) : amp/meter**2',
                       Cm=1*uF/cm**2, Ri=100*ohm*cm, name='placed',
                       method='exponential_euler')
neuron.axon.Cm = 0.5*uF/cm**2
run(5*ms)
