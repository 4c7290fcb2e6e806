"""Adaptive exponential integrate-and-fire, exponential_euler and rk2."""
from brian2 import *

C = 281*pF
gL = 30*nS
EL = -70.6*mV
VT = -50.4*mV
DeltaT = 2*mV
tauw = 144*ms
a = 4*nS
b = 0.0805*nA
Vr = -70.6*mV
Vcut = VT + 5*DeltaT
eqs = '''dvm/dt = (gL*(EL - vm) + gL*DeltaT*exp((vm - VT)/DeltaT) + I - w)/C : volt
         dw/dt = (a*(vm - EL) - w)/tauw : amp
         I : amp'''
A = NeuronGroup(2, eqs, threshold='vm > Vcut', reset='vm = Vr; w += b',
                method='rk2', name='by_rk2')
B = NeuronGroup(2, eqs, threshold='vm > Vcut', reset='vm = Vr; w += b',
                method='euler', name='by_euler')
run(10*ms)
