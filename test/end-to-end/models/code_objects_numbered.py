"""Several assignments by expression: code objects that differ by number."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(4, '''dv/dt = (I - v)/tau : 1
                      I : 1
                      J : 1 (constant)''', method='exact',
                threshold='v > 1', reset='v = 0', name='cells')
G.v = 'rand()'
G.v = 'v*0.5'
G.I = '1 + 0.1*i'
G.v['i > 1'] = '0.25'
G.I['v > 0.1'] = 'I*2'
G.J = 'randn()'
G.J = [1, 2, 3, 4]
run(10*ms)
G.v = 'v + J'
G.I = 2
run(10*ms)
