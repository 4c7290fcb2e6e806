"""Operations with their own dt, slot and order."""
from brian2 import *

tau = 10*ms
drift = 0.01
G = NeuronGroup(4, '''dv/dt = (I - v)/tau : 1
                      I : 1
                      total = v + I : 1
                      x : 1 (shared)''', method='exact')
G.run_regularly('I = 0.9*I + drift*randn()', dt=2*ms)
G.run_regularly('v = clip(total, -1, 1)', when='after_groups', order=3)
G.run_regularly('''I += 0.1*int(v > 0.5)
                   v *= 0.5''', dt=1*ms, when='end')
G.run_regularly('x += 0.1', name='shared_operation')
run(10*ms)
