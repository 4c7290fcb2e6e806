"""Random inputs: thresholds, resets, subexpressions, PoissonInput."""
from brian2 import *

tau = 10*ms
P = NeuronGroup(5, '''rate = base*(1 + sin(2*pi*t*50*Hz)) : Hz
                      base : Hz''', threshold='rand() < rate*dt',
                name='modulated')
P.base = '(10 + i)*Hz'
G = NeuronGroup(4, '''dv/dt = (kick - v)/tau + s*xi_1*tau**-0.5 + s*xi_2*tau**-0.5 : 1 (unless refractory)
                      kick = 0.2*rand() - push : 1 (constant over dt)
                      push = 0.1*v : 1
                      s : 1 (shared)''', method='euler', threshold='v > 1',
                reset='v = 0.1*randn()', refractory='v > 0.5', name='cells')
G.s = 0.05
K = SpikeGeneratorGroup(3, [0, 1, 2, 0], [1, 2, 3, 4]*ms, name='generator')
S = Synapses(P, G, on_pre='v += 0.1', name='from_modulated')
S.connect(p=0.5)
T = Synapses(K, G, on_pre='v += 0.3', delay=1*ms, name='from_generator')
T.connect(p=0.9)
poisson = PoissonInput(G, 'v', 10, 50*Hz, weight=0.02)
run(10*ms)
