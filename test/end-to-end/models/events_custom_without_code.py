"""A custom event nobody reacts to, except a monitor; no spike event."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = -v/tau : 1', method='exact',
                events={'crossing': 'v > 0.5 and v < 0.6'})
mon = EventMonitor(G, 'crossing')
run(10*ms)
