"""Numbers, names, arrays and expressions beyond all measure."""
from hostile import code, read, update, write


def chain(first, step, number=60):
    """v + dt*x, where each x holds the one before twice."""
    return update(f'const double x0 = {first}; ' + ''.join(
        'const double x{1} = {0};\n'.format(step.replace('x', f'x{i}'), i + 1)
        for i in range(number)) + f'_v = v + dt*x{number};')


def many_groups(project):
    write(project, 'objects.h', read(project, 'objects.h').decode().replace(
        'extern Clock', ''.join(
            f'extern double *_array_g{i}_v;\nextern const int '
            f'_num__array_g{i}_v;\n' for i in range(3000)) + 'extern Clock', 1))


CASES = {
    'digits of an integer': code('double x = ' + '1' * 100000 + ';'),
    'digits of a fraction': code('double x = 0.' + '1' * 100000 + ';'),
    'digits by pasting': update(
        '_v = v + dt*C(C(C(A, A), C(A, A)), C(C(A, A), C(A, A)));\n'
        '#define A ' + '1' * 900 + '\n#define C(x, y) D(x, y)\n'
        '#define D(x, y) x##y\n'),
    'large exponent': update('_v = v + dt*1e999999999;'),
    'small exponent': update('_v = v + dt*1e-999999999*w;'),
    'large binary exponent': update('_v = v + dt*0x1p999999999*w;'),
    'large power of a number': update('_v = v + dt*pow(3.7, 999999999)*w;'),
    'tower of powers': update(
        '_v = v + dt*pow(9., pow(9., pow(9., pow(9., 9.))))*w;'),
    'large power of a sum': update('_v = v + dt*pow(v + w + El, 100000)/tau;'),
    'power of a large sum': update('_v = v + dt*pow(' + ' + '.join(
        f'sin({i}*v)' for i in range(40)) + ', 40)/tau;'),
    'product of sums': update('_v = v' + '*(v + w)' * 200 + ';'),
    'squares of squares': chain('v', 'x*x + w'),
    'sums of sums': chain('v', 'x + x*w'),
    'sines of sines': chain('v', 'sin(x) + cos(x)'),
    'quotients of quotients': chain('v', '(x + w)/(x - w)'),
    'choices of choices': chain('v', '(x > w ? x*x : x + w)', 40),
    'many conditions': update('_v = v + dt*(' + ' + '.join(
        f'(v > {i} ? {i}*w : v)' for i in range(60)) + ');'),
    'large quotient': update('_v = v + dt*(' + '*'.join(
        f'(El + {i}*w - v*{i + 1})' for i in range(60)) + ')/(' + '*'.join(
            f'(El*{i} + w - v*{i + 3})' for i in range(60)) + ');'),
    'huge arrays': code(
        'double x[4000000000000000000]; x[3999999999999999999] = 1; '
        'char y[18446744073709551615ULL]; int z[-1];'),
    'array of many values': code('double x[] = {' + '1, ' * 500000 + '1};'),
    'loop of many turns': update(
        'for (int k = 0; k < 2000000000; k++) _v = _v*w + k;'),
    'integers that overflow': update(
        '_v = v + dt*(1/0 + 2147483647*2147483647%0 + '
        '(-9223372036854775807 - 1)/-1 + (1 << 100) + int(1e300));'),
    'long name': update('_v = v + dt*' + 'n' * 1000000 + ';'),
    'many groups': many_groups,
}
