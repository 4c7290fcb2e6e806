"""Two neurons, gating by different methods; threshold everywhere, noise."""
from brian2 import *

gL = 1e-4*siemens/cm**2
EL = -70*mV
tau = 10*ms
morpho = Cylinder(diameter=1*um, length=100*um, n=4)
A = SpatialNeuron(morphology=morpho,
                  model='''Im = gL*(EL - v)*w + I_fixed : amp/meter**2
                           dw/dt = (1 - w)/tau + 0.1*xi*tau**-0.5 : 1
                           I_fixed : amp/meter**2 (shared)''',
                  threshold='v > -50*mV', reset='w += 0.1', refractory=3*ms,
                  method='euler', name='noisy')
B = SpatialNeuron(morphology=morpho,
                  model='''Im = gL*(EL - v) + gL*q*(0*mV - v) : amp/meter**2
                           dq/dt = (s - q**3)/tau : 1
                           ds/dt = (v/(100*mV) - s)/tau : 1''',
                  method='rk4', name='smooth', dt=0.05*ms)
B.run_regularly('s += 0.01', dt=1*ms)
run(5*ms)
