"""Groups among synapses: summed variables, pathways that write to them."""
from brian2 import *

tau = 10*ms
P = PoissonGroup(5, rates=100*Hz)
G = NeuronGroup(4, '''dv/dt = (I_sum + g - v)/tau : 1 (unless refractory)
                      dg/dt = -g/(2*ms) : 1
                      I_sum : 1''', method='euler', threshold='v > 1',
                reset='v = 0', refractory=1*ms)
S = Synapses(P, G, 'w : 1', on_pre='g += w')
S.connect(p=0.5)
T = Synapses(G, G, '''I_sum_post = k*(v_pre - v_post) : 1 (summed)
                      k : 1''')
T.connect()
run(10*ms)
