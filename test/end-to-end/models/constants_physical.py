"""Brian2's physical constants, pi and e; units made of units."""
from brian2 import *
from brian2.units.constants import (zero_celsius, faraday_constant as F,
                                    gas_constant as R)

T = 34*kelvin + zero_celsius
conc = 2*mmolar
P = 1e-6*metre/second
G = NeuronGroup(2, '''dc/dt = (conc - c)/(pi*10*ms) + P*c/(1*mmetre) : mM
                      V = R*T/F*log(c/conc) : volt
                      dq/dt = (V - q*e*mV)/(5*mV*second) : 1
                      dr/dt = -r/(2*uF*kohm) : mole''', method='euler')
run(10*ms)
