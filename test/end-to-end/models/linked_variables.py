"""Variables that live in another group, one to one, by index, from one; and a
monitor of one that is linked to a subexpression of another name."""
from brian2 import *

tau = 10*ms
source = NeuronGroup(3, '''dx/dt = -x/tau + xi*tau**-0.5 : 1
                           y = 2*x : 1''', method='euler', name='source')
single = NeuronGroup(1, 'dz/dt = -z/tau : 1', method='exact', name='single')
G = NeuronGroup(3, '''dv/dt = (x + z - v)/tau : 1
                      x : 1 (linked)
                      z : 1 (linked)''', method='euler', name='follower')
G.x = linked_var(source, 'x')
G.z = linked_var(single, 'z')
H = NeuronGroup(6, '''dv/dt = (y - v)/tau : 1
                      y : 1 (linked)''', method='euler', name='indexed')
H.y = linked_var(source, 'y', index=np.arange(6)//2)
K = NeuronGroup(3, 'drive : 1 (linked)', name='recorded')
K.drive = linked_var(source, 'y')
monitor = StateMonitor(K, 'drive', record=True)
run(10*ms)
