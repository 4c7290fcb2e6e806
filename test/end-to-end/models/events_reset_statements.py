"""A reset of many statements: order, temporaries, in-place operators."""
from brian2 import *

tau = 10*ms
d = 0.2
G = NeuronGroup(2, '''dv/dt = (1 - v)/tau : 1
                      dw/dt = -w/tau : 1
                      n : integer
                      flag : boolean''', method='euler',
                threshold='v > 0.5 and not flag or w > 2',
                reset='''old = v
                         v = -w
                         w += d*old
                         w *= 1.5
                         n += 1
                         v -= 0.1*n
                         flag = n % 2 == 0''')
run(10*ms)
