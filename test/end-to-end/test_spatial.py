#!/usr/bin/python3
"""The scorer on a neuron with compartments, judged as in test_score.py."""
import sys
import unittest

import test_score
from test_score import variable

VOLT = (2, 1, -3, -1, 0, 0, 0)


def compartments(value_si, unit, size=3, value=None):
    return {'value': value, 'value_si': value_si, 'unit': unit,
            'size': size}


def example():
    """A truth, and what a perfect tool prints for it."""
    density, amp = (-2, 0, 0, 1, 0, 0, 0), (0, 0, 0, 1, 0, 0, 0)
    neuron = {
        'name': 'axon', 'class': 'SpatialNeuron', 'N': 3, 'method': None,
        'equations': {
            'Im': variable('subexpression', 'A/m^2', density,
                           expr='g*(E - v)', expr_substituted='g*(E - v)'),
            'I': variable('parameter', 'A', amp, flags=['point current']),
            'x': variable('parameter', 'm', (1, 0, 0, 0, 0, 0, 0))},
        'identifiers': {
            'E': {'value': '-70. mV', 'value_si': -0.07, 'unit': 'V'},
            'g': {'value': '1. S/m^2', 'value_si': 1.0, 'unit': 'S/m^2'}},
        'functions': {},
        'events': {'spike': {
            'threshold': '(v > E) and (i == 2)',
            'threshold_substituted': '(v > E) and (i == 2)'}},
        'clock': {'dt': '100. us', 'dt_si': 1e-4, 'name': 'defaultclock'},
        'membrane': {'Im': 'g*(E - v)+I/area',
                     'Im_substituted': 'g*(E - v)+I/area'},
        'Cm': 0.01, 'Ri': None, 'threshold_location': 2,
        'morphology': {'area': [1e-9, 2e-9, 3e-9], 'length': [1e-5] * 3,
                       'sections': [{'name': None}]}}
    truth = {'brian2': '2.5.1', 'runs': [{
        'duration_si': 0.1, 'groups': [], 'spatialneurons': [neuron]}]}
    said = test_score.perfect_group(neuron)
    said['events']['spike'] = {'threshold': 'v > E'}
    said.update(
        Cm=compartments(0.01, 'm^-4 kg^-1 s^4 A^2',
                        value='0.01 m^-4 kg^-1 s^4 A^2'),
        Ri=compartments(None, 'm^3 kg s^-3 A^-2', 1), threshold_location=2,
        morphology={'sections': 1, 'area': compartments(None, 'm^2'),
                    'length': compartments(1e-5, 'm', value='10. um')})
    return truth, {'generator': test_score.perfect_output(truth)['generator'],
                   'runs': [{'duration_si': 0.1, 'components': {
                       'spatialneuron': [said]}}]}


class Broken(unittest.TestCase):
    """Each test breaks the perfect output in one place."""

    def setUp(self):
        self.truth, self.output = example()
        self.neuron = self.output['runs'][0]['components']['spatialneuron'][0]

    def check(self, **expected):
        found = test_score.outcomes(self.truth, self.output)
        misses = {}
        for field, counts in found.items():
            for outcome in set(counts) - {'hit'}:
                misses[field.replace('spatial:', '')] = outcome
        self.assertEqual(misses, expected)

    def test_perfect(self):
        self.check()

    def test_point_current_within_Im(self):
        self.neuron['equations']['Im']['expr'] += ' + I/area'
        self.neuron['equations']['I']['flags'] = []
        self.check(flags='wrong')

    def test_authors_own_division(self):
        true = self.truth['runs'][0]['spatialneurons'][0]['equations']
        true['Im']['expr'] += ' + I/area'
        true['I']['flags'] = []
        self.check()

    def test_point_current_twice(self):
        self.neuron['equations']['Im']['expr'] += ' + I/area'
        self.check(Im='wrong')

    def test_current(self):
        self.neuron['equations']['Im']['expr'] = 'g*(E + v)'
        self.check(Im='wrong')
        self.neuron['equations']['Im']['expr'] = None
        self.check(Im='null')

    def test_location(self):
        self.neuron['threshold_location'] = 1
        self.check(threshold_location='wrong', threshold='wrong')
        del self.neuron['threshold_location']
        self.check(threshold_location='null', threshold='wrong')

    def test_location_within_threshold(self):
        del self.neuron['threshold_location']
        self.neuron['events']['spike']['threshold'] = 'v > E and i == 2'
        self.check(threshold_location='null')

    def test_location_invented(self):
        true = self.truth['runs'][0]['spatialneurons'][0]
        del true['threshold_location']
        true['events']['spike']['threshold_substituted'] = 'v > E'
        self.check(threshold_location='wrong', threshold='wrong')

    def test_Cm(self):
        self.neuron['Cm']['value_si'] = 0.02
        self.check(Cm='wrong')
        self.neuron['Cm'].update(value_si=0.01, value='0.02 m^-4')
        self.check(Cm='wrong')
        self.neuron['Cm'].update(value_si=None, value=None)
        self.check(Cm='null')

    def test_value_that_only_the_simulation_knows(self):
        self.neuron['Ri']['value_si'] = 1.5
        self.check(Ri='wrong')

    def test_morphology(self):
        self.neuron['morphology']['area']['value_si'] = 1e-9
        self.check(morphology='wrong')
        self.neuron['morphology']['area'] = compartments(None, 'm^2', 4)
        self.check(morphology='wrong')
        self.neuron['morphology']['area'] = compartments(None, 'm')
        self.check(morphology='wrong')
        self.neuron['morphology']['area'] = compartments(None, 'm^2')
        self.neuron['morphology']['length']['value'] = '11. um'
        self.check(morphology='wrong')
        self.neuron['morphology']['length']['value'] = '10. um'
        self.neuron['morphology']['x'] = compartments(None, 'm')
        self.check(morphology='wrong')


if __name__ == '__main__':
    sys.exit(unittest.main())
