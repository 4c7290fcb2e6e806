"""Shared switches, conditions over time, integers in thresholds."""
from brian2 import *

tau = 10*ms
start = 2*ms
G = NeuronGroup(6, '''dv/dt = (I*int(t > start) - v*int(leak))/tau : 1
                      du/dt = int(active and v > 0.2)/tau : 1 (unless refractory)
                      I : 1
                      leak : boolean (shared)
                      active = leak or u < limit : boolean
                      limit : 1 (shared, constant)
                      count : integer
                      lasting : second''', method='euler',
                threshold='active and (v > 1 or count >= 3)',
                reset='''count = (count + 1) % 4
                         leak_before = int(leak)
                         u = leak_before*u''', refractory='lasting')
G.I = 'i*0.5'
G.limit = 2
G.lasting = '1*ms + 0.5*ms*i'
G.leak = True
run(10*ms)
