"""Integer parameters and variables, counted in the reset."""
from brian2 import *

tau = 10*ms
n_max = 5
G = NeuronGroup(4, '''dv/dt = (kind*0.3 - v)/tau : 1
                      kind : integer (constant)
                      count : integer
                      half = count//2 : integer''', method='euler',
                threshold='v > 0.5 and count < n_max',
                reset='''v = 0
                         count += 1
                         kind = (kind + count) % 3''')
run(10*ms)
