"""OpenMP pragmas around the loops."""
from brian2 import *

prefs.devices.cpp_standalone.openmp_threads = 2
tau = 10*ms
G = NeuronGroup(3, 'dv/dt = -v/tau + 0.1*xi*tau**-0.5 : 1 (unless refractory)',
                method='euler', threshold='v > 1', reset='v = 0',
                refractory=2*ms)
H = NeuronGroup(3, 'dx/dt = (sin(x) - x)/tau : 1', method='rk4')
run(10*ms)
