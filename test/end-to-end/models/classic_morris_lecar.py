"""Morris-Lecar: tanh and cosh."""
from brian2 import *

C = 20*uF/cm**2
gL = 2*msiemens/cm**2
gCa = 4*msiemens/cm**2
gK = 8*msiemens/cm**2
VL = -60*mV
VCa = 120*mV
VK = -84*mV
V1 = -1.2*mV
V2 = 18*mV
V3 = 2*mV
V4 = 30*mV
phi = 0.04/ms
G = NeuronGroup(2, '''dV/dt = (I - gL*(V - VL) - gCa*m_inf*(V - VCa) - gK*n*(V - VK))/C : volt
                      dn/dt = phi*cosh((V - V3)/(2*V4))*(n_inf - n) : 1
                      m_inf = 0.5*(1 + tanh((V - V1)/V2)) : 1
                      n_inf = 0.5*(1 + tanh((V - V3)/V4)) : 1
                      I : amp/metre**2''', method='exponential_euler')
run(10*ms)
