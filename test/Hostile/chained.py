"""Statements that double what the ones before them say, and thousands of them."""
from hostile import update


def chain(statement, times=60):
    """v becomes what x is after so many times the statement; {} is the number."""
    return update('double x = v; char b = v > w; double x0 = v; '
                  + '\n'.join(statement.replace('{}', str(i + 1)).replace('{-}', str(i))
                              for i in range(times)) + ' _v = x + b;')


CASES = {
    'products with numbers': chain('x = 3*x*x;'),
    'squared sums': chain('x = (x + 0.1)*(x + 0.1);'),
    'powers': chain('x = pow(x, x);'),
    'calls': chain('x = exp(x) + x*w;'),
    'branches': chain('if (x > w) x = x + w; else x = x*w;'),
    'conditions': chain('b = (x > w && b) || (x < v && !b);'),
    'temporaries': chain('const double x{} = x{-}*w + w/x{-}; x = x{};'),
    'in brackets': update('_v = v' + ' + (v - w*(v' * 60 + '))' * 60 + ';'),
    'many': chain('x = x + w;', 10000),
    'many factors': chain('x = 1.1*x + w;', 10000),
    'many calls': chain('x = sin(x);', 2000),
    'many temporaries': chain('const double x{} = x{-} + w; x = x{};', 5000),
}
