"""User functions with a C++ implementation, one under another C++ name."""
from brian2 import *


@implementation('cpp', '''
double square_plus(double x, double y)
{
    return x*x + y;
}
''')
@check_units(x=1, y=1, result=1)
def square_plus(x, y):
    return x**2 + y


def soft(v):
    return np.tanh(v)


soft = Function(soft, arg_units=[1], return_unit=1)
soft.implementations.add_implementation('cpp', '''
inline double soft_saturation(double v)
{
    return tanh(v);
}
''', name='soft_saturation')
tau = 10*ms
G = NeuronGroup(3, '''dv/dt = (square_plus(v, w) - soft(v))/tau : 1
                      dw/dt = (soft(w - v) - w)/tau : 1''', method='euler',
                threshold='soft(v) > 0.9', reset='v = square_plus(w, 0)')
run(10*ms)
