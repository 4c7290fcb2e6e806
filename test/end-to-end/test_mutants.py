#!/usr/bin/python3
"""Tests of what judges mutants: each breaks one thing and wants it noticed."""
import types
import unittest

import bodies
import mutants
import mutations
import steps

STEP = '''{
    double* __restrict _ptr_array_g_v = _array_g_v;
    double* _ptr_array_clock_dt = _array_clock_dt;
    const double tau = 0.01;
    const int64_t N = 5;
    const double dt = _ptr_array_clock_dt[0];
    for(int _idx=0; _idx<N; _idx++)
    {
        double v = _ptr_array_g_v[_idx];
        const double _v = v + dt * (1.0f*(- v)/tau);
        v = _v;
        _ptr_array_g_v[_idx] = v;
    }
}'''
GROUP = {'method': 'euler', 'identifiers': {'tau': {'value_si': 0.01}},
         'equations': {'v': {'expr': '-v/tau', 'dtype': 'float',
                             'type': 'differential equation'}}}


def piece(text):
    body = bodies.parse(text)
    return types.SimpleNamespace(
        body=body, parameters={}, memory=lambda: bodies.Memory({0.01}))


def same(text, one, other):
    """Whether a change of `one` into `other` leaves the results."""
    start = text.index(one)
    site = mutations.Site('', (start, start + len(one), other))
    return mutants.does_the_same(piece(text), bodies.parse(site.apply(text)),
                                 site)


def problems(group, text=STEP):
    body = bodies.parse(text)
    return steps.problems(group, 'stateupdater', '', body,
                          steps.variables_of(body), {0.01}, {})


class Evaluator(unittest.TestCase):
    def test_equivalent(self):
        self.assertTrue(same(STEP, '1.0f*(- v)', '(- v)*1.0f'))
        self.assertTrue(same(STEP, 'v = _v;', 'v = _v; v = _v;'))

    def test_not_equivalent(self):
        for one, other in (('(- v)', '(v)'), ('v = _v;', ';'),
                           ('_idx<N', '_idx<=N'), ('N = 5', 'N = 6'),
                           ('v[_idx];', 'v[0];'), ('v + dt', 'dt'),
                           ('const double _v', 'const int32_t _v')):
            self.assertFalse(same(STEP, one, other), one)

    def test_borders(self):
        text = STEP.replace('v = _v;', 'if (v > 1) v = 0;')
        for other in ('>=', '<', '<=', '!='):
            self.assertFalse(same(text, '> 1', f'{other} 1'), other)

    def test_what_does_not_compile(self):
        for one, other in (('v = _v', '_v = v'), ('= _v', '= w'),
                           ('[_idx]', '[v]')):
            with self.assertRaises(bodies.Invalid):
                same(STEP, one, other)


class Reading(unittest.TestCase):
    def test_right(self):
        self.assertEqual(problems(GROUP), [])

    def test_wrong(self):
        for expr in ('v/tau', '-v/tau + 1e-3/tau', '-2*v/tau'):
            said = {**GROUP, 'equations': {
                'v': {**GROUP['equations']['v'], 'expr': expr}}}
            self.assertTrue(problems(said), expr)

    def test_wrong_method(self):
        for method in ('rk2', 'rk4', 'exact', 'exponential_euler'):
            self.assertTrue(problems({**GROUP, 'method': method}), method)

    def test_wrong_constant(self):
        said = {**GROUP, 'identifiers': {'tau': {'value_si': 0.011}}}
        self.assertTrue(problems(said))


class Sites(unittest.TestCase):
    def test_kinds(self):
        kinds = {site.kind for site in mutations.sites(
            bodies.parse(STEP), STEP)}
        self.assertLessEqual({'sign', 'constant', 'statement', 'order',
                              'term', 'index', 'comparison'}, kinds)

    def test_places(self):
        site = mutations.Site('', (3, 5, 'abcd'), (8, 9, ''))
        self.assertEqual(site.apply('0123456789'), '012abcd5679')
        self.assertEqual([site.back(k) for k in (2, 4, 7, 9, 10)],
                         [2, 3, 5, 7, 9])


if __name__ == '__main__':
    unittest.main()
