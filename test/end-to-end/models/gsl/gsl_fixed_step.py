"""gsl without an adaptive step, and with an error bound for one variable."""
from brian2 import *

tau = 10*ms
A = NeuronGroup(3, 'dx/dt = (x - x**3)/tau : 1', method='gsl_rk4', name='A',
                method_options={'adaptable_timestep': False})
B = NeuronGroup(3, '''dx/dt = (y - x**3)/tau : 1
                      dy/dt = -exp(x)*y/tau : 1''', method='gsl_rkck',
                name='B', method_options={'absolute_error': 1e-8,
                                          'use_last_timestep': False})
run(10*ms)
