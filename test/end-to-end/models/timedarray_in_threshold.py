"""TimedArrays in threshold, reset and as a rate, with rk4 none in it."""
from brian2 import *

tau = 10*ms
bound = TimedArray([0.3, 0.6], dt=5*ms)
G = NeuronGroup(3, 'dv/dt = (1 - v)/tau : 1', method='rk4',
                threshold='v > bound(t)', reset='v = v - bound(t)')
run(10*ms)
