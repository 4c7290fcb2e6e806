"""Operations in the slot and with the clocks that every device has."""
from brian2 import *

tau = 10*ms
decay = 0.9
G = NeuronGroup(4, '''dv/dt = (I - v)/tau : 1
                      I : 1
                      bias : 1 (shared)
                      high : boolean''', method='exact',
                threshold='v > 1', reset='v = 0', refractory=2*ms)
G.run_regularly('I = decay*I + 0.1*randn() + bias', dt=2*ms)
G.run_regularly('''high = v > 0.5 and t > 1*ms
                   v = clip(v, -1, 1)''')
G.run_regularly('bias += 0.01*dt/ms', dt=1*ms)
H = NeuronGroup(2, 'x : 1', name='other')
H.run_regularly('x = x + rand()*int(x < 3)', dt=0.5*ms, order=2)
run(10*ms)
