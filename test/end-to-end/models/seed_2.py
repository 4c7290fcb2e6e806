"""The seed's second sample: a subexpression, no events, no method.  The
seed's E_L has no unit, which Brian2 refuses to run; here it has."""
from brian2 import *

area = 100 * umetre ** 2
g_L = 1e-2 * siemens * cm ** -2 * area
E_L = 1000 * mV
Cm = 1 * ufarad * cm ** -2 * area
grp = NeuronGroup(10, '''dv/dt = I_leak / Cm : volt
                    I_leak = g_L*(E_L - v) : amp''')
run(10*ms)
