"""A refractory period that a boolean parameter lengthens, in an exponential model."""
from brian2 import *
C = 100*pF; gL = 5*nS; EL = -70*mV; Vc = -50*mV; D = 3*mV; tw = 80*ms; s0 = 20*pA
G = NeuronGroup(7, '''dv/dt = (gL*(EL - v) + gL*D*exp((v - Vc)/D) - w + Iin*int(on))/C : volt (unless refractory)
dw/dt = (2*nS*(v - EL) - w)/tw + s0*sqrt(2/tw)*xi : amp
Iin : amp (constant)
on : boolean (constant)''', method='euler', threshold='v > Vc + 5*D', reset='v = EL; w += 30*pA', refractory='1*ms + 0.5*ms*int(on)', name='cell_a_1')
run(2*ms)
