"""Every way to give a variable its first value."""
from brian2 import *

tau = 10*ms
span = 20*mV
G = NeuronGroup(5, '''dv/dt = (base + step*kind - v)/tau : volt
                      dw/dt = -w/tau : 1
                      base : volt
                      step : volt (shared)
                      kind : integer
                      open : boolean (constant)''', method='exact',
                threshold='v > base + span and open', reset='v = base')
G.v = 'base + rand()*span'
G.base = -70*mV
G.base[2:4] = [-60, -61]*mV
G.w = [0.1, 0.2, 0.3, 0.4, 0.5]
G.w[0] = 7
G.w['v > base + span/2'] = '-1.5 + randn()'
G.step = 2*mV
G.kind = 'i % 3'
G.open = True
G.open[[1, 3]] = False
run(10*ms)
