"""State set between two runs; an object switched off for the second."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = (w - v)/tau : 1\nw : 1', method='exact')
op = G.run_regularly('w = rand()', dt=2*ms)
run(10*ms)
G.v = 'i*0.1'
op.active = False
run(10*ms)
