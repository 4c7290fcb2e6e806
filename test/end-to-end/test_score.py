#!/usr/bin/python3
"""The scorer judges the tool; these tests judge the scorer.

A perfect tool is made from the truth itself.  Then it is broken in one place
at a time, and the figure for that place, and no other, must show it.
"""
import copy
import json
import re
import sys
import unittest

import algebra
import score


def perfect_output(truth):
    """The collector JSON that a perfect tool would print."""
    runs = []
    for run in truth['runs']:
        components = {'neurongroup': [], 'spatialneuron': []}
        for group in run['groups']:
            kind = ('spatialneuron' if group['class'] == 'SpatialNeuron'
                    else 'neurongroup')
            components[kind].append(perfect_group(group))
        runs.append({'duration_si': run['duration_si'],
                     'components': components})
    generator = {'device': 'cpp_standalone', 'precision': 'double',
                 'brian2': '>=2.3,<2.5.2'}
    return {'format': 'brian2lift', 'generator': generator, 'runs': runs,
            'evidence': {}}


def perfect_group(group):
    said = {key: copy.deepcopy(group[key])
            for key in ('name', 'N', 'method', 'equations', 'identifiers',
                        'events', 'clock')}
    for event in said['events'].values():
        for key in set(event) - {'threshold', 'reset', 'refractory'}:
            del event[key]
    for eq in said['equations'].values():
        if 'expr' in eq and '%' in eq['expr']:
            eq['expr'] = eq['expr_substituted']  # models/brian2_bug_modulo
    said['run_regularly'] = [operation for operation
                             in group.get('run_regularly', [])
                             if operation['active']]
    return said


def outcomes(truth, output):
    """{field: {outcome: count}} of one output."""
    report = score.Report('project')
    score.score_project('project', truth, output, report)
    counts = {}
    for field, outcome in report.outcomes:
        counts.setdefault(field, {}).setdefault(outcome, 0)
        counts[field][outcome] += 1
    return counts


def variable(kind, unit='rad', dimensions=(0,) * 7, **more):
    return dict({'type': kind, 'unit': unit, 'dtype': 'float',
                 'dimensions': list(dimensions)}, **more)


def example():
    """A small truth with everything the tests break."""
    volt = (2, 1, -3, -1, 0, 0, 0)
    tau = {'value': '10. ms', 'value_si': 0.01, 'unit': 's'}
    group = {
        'name': 'group', 'class': 'NeuronGroup', 'N': 3, 'method': 'euler',
        'equations': {
            'v': variable('differential equation', 'V', volt,
                          expr='(E - v + w)/tau + noise*xi*tau**-0.5',
                          expr_substituted='(E - v + w)/tau'
                                           ' + noise*xi/sqrt(tau)',
                          noise={'xi': 'noise/sqrt(tau)'},
                          flags=['unless refractory']),
            'x': variable('differential equation', expr='(ta(t) - x)/tau',
                          expr_substituted='(ta(t) - x)/tau', noise={}),
            'w': variable('parameter', 'V', volt),
            'noise': variable('parameter', 'V', volt, flags=['constant']),
            'n': dict(variable('parameter'), dtype='integer'),
            'half': variable('subexpression', expr='x/2 + 1',
                             expr_substituted='x/2 + 1')},
        'identifiers': {'tau': tau, 'E': {'value': '-70. mV',
                                          'value_si': -0.07, 'unit': 'V'}},
        'functions': {'ta': {'kind': 'timedarray',
                             'cpp_name': '_timedarray_3'}},
        'events': {'spike': {
            'threshold': 'v > E and half > 0',
            'threshold_substituted': 'v > E and (x/2 + 1) > 0',
            'reset': 'v = E\nn += 1\nx = half',
            'refractory': '2. ms', 'refractory_si': 0.002,
            'refractory_6': 0.002}},
        'clock': {'dt': '100. us', 'dt_si': 1e-4, 'name': 'defaultclock'},
        'run_regularly': [{'name': 'op', 'code': 'x = 0.5*x', 'dt': '1. ms',
                           'dt_si': 1e-3, 'when': 'start', 'order': 0,
                           'active': True}]}
    return {'brian2': '2.5.1', 'runs': [{'duration_si': 0.1,
                                         'groups': [group]}]}


class Broken(unittest.TestCase):
    """Each test breaks the perfect output in one place."""

    def setUp(self):
        self.truth = example()
        self.output = perfect_output(self.truth)
        self.group = self.output['runs'][0]['components']['neurongroup'][0]

    def check(self, **expected):
        """`expected`: field -> outcome that must appear; no other misses."""
        found = outcomes(self.truth, self.output)
        for field, counts in found.items():
            misses = set(counts) - {score.HIT}
            self.assertEqual(misses, {expected[field]} if field in expected
                             else set(), f'{field}: {counts}')
        self.assertLessEqual(set(expected), set(found))

    def test_perfect(self):
        self.check()

    def test_other_form_is_right(self):
        self.group['equations']['v']['expr'] = (
            'tau**-1.0*(-1.0*v) + E/tau + (1/tau)*w + xi*noise*tau**(-1/2)')
        self.group['equations']['x']['expr'] = 'timedarray_3(t)/tau - x/tau'
        self.group['events']['spike']['threshold'] = 'not (v <= E or x <= -2)'
        self.group['events']['spike']['reset'] = (
            'x = 0.5*x + 1\nn = 1 + n\nv = E')
        self.group['events']['spike']['refractory'] = '0.002 s'
        self.check()

    def test_sign_flipped(self):
        self.group['equations']['v']['expr'] = (
            '(E - v - w)/tau + noise*xi*tau**-0.5')
        self.check(equation='wrong')

    def test_small_error(self):
        self.group['equations']['x']['expr'] = '(ta(t) - 1.000001*x)/tau'
        self.check(equation='wrong')

    def test_noise_missing(self):
        self.group['equations']['v']['expr'] = '(E - v + w)/tau'
        self.check(equation='wrong')

    def test_argument_of_timedarray(self):
        self.group['equations']['x']['expr'] = '(ta(t + 0.0001) - x)/tau'
        self.check(equation='wrong')

    def test_equation_null(self):
        self.group['equations']['v']['expr'] = None
        self.check(equation='null')

    def test_subexpression_wrong(self):
        self.group['equations']['half']['expr'] = 'x/2'
        self.check(subexpression='wrong', threshold='wrong', reset='wrong')

    def test_subexpression_undefined(self):
        del self.group['equations']['half']
        self.check(subexpression='null', threshold='wrong', reset='wrong',
                   closed='wrong')

    def test_group_missing(self):
        self.output['runs'][0]['components'] = {}
        found = outcomes(self.truth, self.output)
        self.assertEqual(found['group'], {'null': 1})
        self.assertEqual(found['equation'], {'null': 2})
        self.assertNotIn('invented', found)

    def test_group_invented(self):
        self.output['runs'][0]['components']['neurongroup'].append(
            dict(self.group, name='other'))
        self.check(group='wrong')

    def test_version_out_of_range(self):
        self.output['generator']['brian2'] = '>=2.6'
        self.check(generator='wrong')

    def test_version_unknown(self):
        self.output['generator']['brian2'] = None
        self.check(generator='null')

    def test_versions_in_order(self):
        for version, said in (('2.10.1', '>=2.9,<2.11'), ('1.0a7', '<1.0b1'),
                              ('2.5.0.3', '<2.5.1')):
            self.assertTrue(score.in_range(version, said), (version, said))
        self.assertFalse(score.in_range('2.5', '<2.5'))
        self.assertFalse(score.in_range('1.0', '<1.0b1'))

    def test_run_missing(self):
        self.output['runs'] = []
        self.assertEqual(outcomes(self.truth, self.output)['runs'],
                         {'wrong': 1})

    def test_variable_invented(self):
        self.group['equations']['y'] = {'type': 'parameter', 'unit': None,
                                        'dtype': 'float'}
        self.check(invented='wrong')

    def test_constant_invented(self):
        self.group['identifiers']['_lio_1'] = {'value_si': 1.0}
        self.check(invented='wrong')

    def test_value_of_constant(self):
        self.group['identifiers']['tau']['value_si'] = 0.010000000000000002
        self.check(identifier='wrong')

    def test_constant_missing(self):
        del self.group['identifiers']['tau']
        self.check(identifier='null', closed='wrong')

    def inline(self, **values):
        """What the code says until 2.4.2: values, and no names."""
        self.truth['brian2'] = '2.4.2'
        self.group['identifiers'] = {}
        event = self.group['events']['spike']
        for entry, key in ((self.group['equations']['v'], 'expr'),
                           (self.group['equations']['x'], 'expr'),
                           (event, 'threshold'), (event, 'reset')):
            for name, value in values.items():
                entry[key] = re.sub(rf'\b{name}\b', value, entry[key])

    def test_constants_inlined(self):
        self.inline(E='(-0.07)', tau='0.01')
        self.check()

    def test_constants_inlined_wrongly(self):
        self.inline(E='(-0.07)', tau='0.02')
        self.check(equation='wrong')

    def test_constants_are_not_inlined_later(self):
        self.inline(E='(-0.07)', tau='0.01')
        self.truth['brian2'] = '2.5'
        self.check(identifier='null')

    def test_unit(self):
        self.group['equations']['v']['unit'] = 'A'
        self.check(unit='wrong')

    def test_unit_of_constant(self):
        self.group['identifiers']['E']['unit'] = None
        self.check(identifier_unit='null')

    def test_flags(self):
        del self.group['equations']['v']['flags']
        self.check(flags='wrong')

    def test_method(self):
        self.group['method'] = 'heun'
        self.check(method='wrong')

    def test_method_ambiguous(self):
        self.group['method'] = 'exact'
        known = {'status': 'ambiguous', 'alternatives': ['euler']}
        self.output['evidence'][
            '/runs/0/components/neurongroup/0/method'] = known
        self.check(method='null')
        known['alternatives'] = ['rk2']
        self.check(method='wrong')
        known.update(status='inferred', alternatives=['euler'])
        self.check(method='wrong')

    def test_method_in_check(self):
        pointer = '/runs/0/components/neurongroup/0/equations/v/expr'
        self.output['evidence'][pointer] = {'check': {'methods': ['rk2']}}
        self.check(method_checked='wrong')

    def test_size(self):
        self.group['N'] = 4
        self.check(N='wrong')

    def test_clock(self):
        self.group['clock']['name'] = 'clock'
        self.check(clock='wrong')

    def test_jump_inside_an_equation(self):
        self.truth['runs'][0]['groups'][0]['equations']['x'].update(
            expr='int(x > 0.5)/tau', expr_substituted='int(x > 0.5)/tau')
        self.group['equations']['x']['expr'] = 'int(0.5 < x)/tau'
        self.check()
        self.group['equations']['x']['expr'] = 'int(x > 0.500001)/tau'
        self.check(equation='wrong')

    def test_threshold_direction(self):
        self.group['events']['spike']['threshold'] = 'v < E and half > 0'
        self.check(threshold='wrong')

    def test_threshold_shifted(self):
        self.group['events']['spike']['threshold'] = (
            'v > E*1.00001 and half > 0')
        self.check(threshold='wrong')

    def test_reset_order(self):
        self.group['events']['spike']['reset'] = 'v = E\nx = half\nn += 2'
        self.check(reset='wrong')

    def test_reset_missing(self):
        del self.group['events']['spike']['reset']
        self.check(reset='null')

    def test_refractory(self):
        self.group['events']['spike']['refractory'] = '2.1 ms'
        self.check(refractory='wrong')

    def test_event_invented(self):
        self.group['events']['late'] = {'threshold': 'v > E'}
        self.check(invented='wrong')

    def test_run_regularly(self):
        self.group['run_regularly'][0] = dict(self.group['run_regularly'][0],
                                              code='x = 0.4*x')
        self.check(run_regularly='wrong')


class Arithmetic(unittest.TestCase):
    """The evaluator itself."""

    def evaluate(self, text, **points):
        points = {name: algebra.np.full(algebra.POINTS, float(value))
                  for name, value in points.items()}
        return float(algebra.Scope(points).evaluate(text)[0][0])

    def test_brian_semantics(self):
        for text, value in (('7 % -3', -2), ('-7 // 2', -4), ('int(-1.5)', -1),
                            ('clip(5, 0, 2)', 2), ('exprel(0)', 1),
                            ('int(2 > 1)', 1), ('2**-1', 0.5),
                            ('sign(-3)', -1), ('ceil(0.1) + floor(-0.1)', 0),
                            ('timestep(0.3, 0.1)', 3)):
            self.assertEqual(self.evaluate(text), value, text)

    def test_quantities(self):
        for text, value in (('2. ms', 0.002), ('100. us', 1e-4), ('3', 3),
                            ('0.5 s', 0.5)):
            self.assertAlmostEqual(algebra.quantity(text), value)
        self.assertIsNone(algebra.quantity('ref'))

    def test_units(self):
        for one, other in (('V/s', 's^-1 V'), ('V/s', 'm^2 kg s^-4 A^-1'),
                           ('rad', '1'), ('Hz', 's^-1'),
                           ('mM/s', 'm^-3 s^-1 mol'),
                           ('J/(mol K)', 'mol^-1 J K^-1')):
            self.assertEqual(algebra.dimensions(one),
                             algebra.dimensions(other))
        self.assertNotEqual(algebra.dimensions('V'), algebra.dimensions('A'))
        self.assertIsNone(algebra.dimensions('nonsense'))

    def test_cancellation_is_no_difference(self):
        scope = algebra.Scope(algebra.points_for(
            {'x': ('float', [0] * 7)}, 1))
        self.assertIsNone(algebra.compare(
            scope.evaluate('x/(exp(x) - 1)'), scope.evaluate('1/exprel(x)')))


if __name__ == '__main__':
    if sys.argv[1:2] == ['--as-tool']:
        # test_score.py --as-tool PROJECT: the perfect tool, for score.py
        with open(sys.argv[2] + '/../truth.json') as stream:
            json.dump(perfect_output(json.load(stream)), sys.stdout)
    else:
        unittest.main()
