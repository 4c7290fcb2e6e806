"""A user function with an implementation for each kind of generator."""
from brian2 import *

soft_code = '''
double soft_step(double x, double width)
{
    return 1/(1 + exp(-x/width));
}
'''


def soft_step(x, width):
    return 1/(1 + np.exp(-x/width))


soft_step = Function(soft_step, arg_units=[1, 1], return_unit=1)
for target, qualifier in [('cpp', ''), ('cuda', '__host__ __device__ '),
                          ('genn', 'SUPPORT_CODE_FUNC ')]:
    soft_step.implementations.add_implementation(
        target, soft_code.replace('double soft', qualifier + 'double soft'))
tau = 10*ms
w0 = 0.1
G = NeuronGroup(3, '''dv/dt = (soft_step(v - 0.5, w0) - v)/tau : 1
                      gate = soft_step(v, 2*w0) : 1''', method='rk4',
                threshold='gate > 0.9', reset='v = -soft_step(v, w0)')
G.v = 'soft_step(i, 1)'
run(10*ms)
