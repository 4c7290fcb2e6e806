"""exact, complex eigenvalues: sine and cosine in the code."""
from brian2 import *

omega = 2*pi*10*Hz
G = NeuronGroup(3, '''dx/dt = omega*y : 1
                      dy/dt = -omega*x : 1''', method='exact')
run(10*ms)
