"""Boolean and integer subexpressions."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dv/dt = (int(high)*0.2 + 0.1*level - v)/tau : 1
                      high = v > 0.5 : boolean
                      level = int(10*v) % 4 : integer''', method='euler',
                threshold='high and level == 1', reset='v = 0')
mon = StateMonitor(G, ['high', 'level'], record=True)
run(10*ms)
