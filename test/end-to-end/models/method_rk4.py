"""rk4 on the Lorenz system."""
from brian2 import *

sigma_ = 10.0
rho = 28.0
beta = 8/3
tau = 100*ms
G = NeuronGroup(3, '''dx/dt = sigma_*(y - x)/tau : 1
                      dy/dt = (x*(rho - z) - y)/tau : 1
                      dz/dt = (x*y - beta*z)/tau : 1''', method='rk4')
run(10*ms)
