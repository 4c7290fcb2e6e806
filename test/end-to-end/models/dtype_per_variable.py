"""dtype= for single variables."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dv/dt = (w - v)/tau : 1
                      w : 1
                      n : integer''', method='euler', dtype={'w': float32,
                                                            'n': int64})
run(10*ms)
