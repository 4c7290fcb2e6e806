"""Brian2 generates the wrong C++ for this: sympy 1.11 takes (3*x) % 2 for
x % 2.  What counts is what the code does (`expr_substituted`)."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, 'dx/dt = ((3*x) % 2 - x)/tau : 1', method='euler')
run(10*ms)
