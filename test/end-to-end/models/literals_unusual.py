"""Numbers in the text: exponents, fractions, many digits, integer division."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''da/dt = (1e-3 + 2.5E+2*a - 0.1234567890123456789*a**2)/tau : 1
                      db/dt = (1/3*b - 2/7 + 1e-15*b**2)/tau : 1
                      dc/dt = (c**-1.5 - c**(1/3) - 1000000007*c)/tau : 1''',
                method='euler')
run(10*ms)
