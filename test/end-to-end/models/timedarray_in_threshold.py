"""TimedArrays in threshold, reset and as a rate, with rk4 none in it."""
from brian2 import *

tau = 10*ms
level = TimedArray([0.3, 0.6], dt=5*ms)
G = NeuronGroup(3, 'dv/dt = (1 - v)/tau : 1', method='rk4',
                threshold='v > level(t)', reset='v = v - level(t)')
run(10*ms)
