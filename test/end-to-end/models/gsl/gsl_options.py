"""GSL with every option: errors by variable, adaptive, saved steps."""
from brian2 import *

tau = 10*ms
G = NeuronGroup(3, '''dx/dt = (y - x)/tau : 1
                      dy/dt = -x*y/tau : 1''', method='gsl_rkf45',
                method_options={'adaptable_timestep': True,
                                'absolute_error': 1e-8,
                                'absolute_error_per_variable': {'y': 1e-5},
                                'max_steps': 200,
                                'use_last_timestep': True,
                                'save_failed_steps': True,
                                'save_step_count': True})
H = NeuronGroup(2, '''dv/dt = (1*volt - v)/tau : volt (unless refractory)
                   ''', method='gsl',
                method_options={'absolute_error_per_variable':
                                {'v': 1e-3*volt}},
                threshold='v > 0.5*volt', reset='v = 0*volt',
                refractory=2*ms)
run(10*ms)
