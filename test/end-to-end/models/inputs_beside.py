"""Poisson groups and inputs, a spike generator, and what they drive."""
from brian2 import *

tau = 10*ms
P = PoissonGroup(5, rates=100*Hz, name='poisson')
Q = PoissonGroup(3, rates='(1 + i)*10*Hz', dt=0.5*ms, name='poisson_by_rule')
K = SpikeGeneratorGroup(3, [0, 1, 2, 0], [1, 2, 3, 4]*ms, name='generator')
G = NeuronGroup(4, 'dv/dt = -v/tau : 1 (unless refractory)', method='exact',
                threshold='v > 1', reset='v = 0', refractory=1*ms,
                name='cells')
one = Synapses(P, G, on_pre='v += 0.1', name='from_poisson')
one.connect(p=0.5)
two = Synapses(K, G, on_pre='v += 0.3', delay=1*ms, name='from_generator')
two.connect()
three = PoissonInput(G, 'v', 10, 50*Hz, weight=0.02)
M = SpikeMonitor(P)
run(10*ms)
