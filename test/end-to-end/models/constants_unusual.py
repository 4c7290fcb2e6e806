"""Integers, booleans, tiny, huge, infinite and negative constants."""
from brian2 import *

tau = 10*ms
tiny = 1e-300
huge = 1e300
n = 3
minus = -2
negative = -0.1
yes = True
infinite = np.inf
half = 1/3
single = np.float32(0.1)
G = NeuronGroup(2, '''dv/dt = (n*v**2 + minus*v + negative + half*single)/tau : 1
                      dw/dt = (tiny*huge*w - w**n)/tau : 1
                      du/dt = (int(yes)*u - u**2)/tau : 1''', method='euler',
                threshold='v < infinite and w > negative and yes',
                reset='v = minus; w = w/huge')
run(10*ms)
