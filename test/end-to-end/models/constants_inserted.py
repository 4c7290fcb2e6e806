"""Equations(..., name=value): constants that become numbers in the text."""
from brian2 import *

eqs = Equations('''dx/dt = (target - x)/tau : volt
                   other : volt''', x='v', tau=10*ms, target='other')
G = NeuronGroup(2, eqs, method='exact')
run(10*ms)
