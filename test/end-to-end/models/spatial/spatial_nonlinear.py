"""Membrane currents that are no line in v: exponential and quadratic."""
from brian2 import *

gL = 1e-4*siemens/cm**2
EL = -70*mV
VT = -50*mV
DT = 2*mV
k = 1e-4*siemens/cm**2/mV
stimulus = TimedArray([0, 1, 2]*nA, dt=1*ms)
morpho = Cylinder(diameter=2*um, length=60*um, n=3)
A = SpatialNeuron(morphology=morpho,
                  model='''Im = gL*(EL - v) + gL*DT*exp((v - VT)/DT) \
                                : amp/meter**2''',
                  threshold='v > -10*mV', reset='v = EL',
                  refractory='v > -40*mV', name='exponential')
B = SpatialNeuron(morphology=morpho,
                  model='''Im = k*(v - EL)*(v - VT) + clamp : amp/meter**2
                           clamp = gL*(VT - v)*int(t < 2*ms) : amp/meter**2
                           I = share*stimulus(t) : amp (point current)
                           share : 1''',
                  name='quadratic')
run(2*ms)
