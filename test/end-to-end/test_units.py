#!/usr/bin/python3
"""Tests of units.py: what it counts, and which hint it gives."""
import unittest

import score
import units

VOLT, SECOND = 'V', 's'


def group(unit, constant):
    """A group as truth or as the tool's answer."""
    return {'name': 'G', 'class': 'NeuronGroup', 'N': 1,
            'equations': {'v': {'type': 'differential equation', 'unit': unit,
                                'dtype': 'float', 'dimensions': [0] * 7,
                                'expr': '-v/tau', 'expr_substituted': '-v/tau'}},
            'identifiers': {'tau': {'value': '1', 'value_si': 1.0,
                                    'unit': constant}},
            'functions': {}, 'events': {}}


def answer(*arguments):
    return {'runs': [{'components': {'neurongroup': [group(*arguments)]}}]}


TRUTH = {'runs': [{'groups': [group(VOLT, SECOND)]}]}


class Counted(unittest.TestCase):
    def outcomes(self, *arguments):
        output = answer(*arguments)
        needed = units.Needed(TRUTH, output)
        return units.outcomes(TRUTH, output, needed)[0, 'G']

    def test_each_outcome(self):
        self.assertEqual(self.outcomes(VOLT, SECOND), {
            ('unit', 'v'): score.HIT, ('identifier_unit', 'tau'): score.HIT})
        self.assertEqual(self.outcomes(None, 'V'), {
            ('unit', 'v'): score.NULL, ('identifier_unit', 'tau'): score.WRONG})

    def test_both_halves_and_all(self):
        names = [f'models.m{k}' for k in range(20)]
        self.assertEqual({units.half(name) for name in names}, {0, 1})
        results = [(name, {'evidence': {0: {('unit', 'v'): score.HIT}}}, {})
                   for name in names]
        counts = units.tally(results)
        total = [counts[f'evidence {part}']['unit'][score.HIT]
                 for part in ('all', '0', '1')]
        self.assertEqual(total[0], 20)
        self.assertEqual(total[0], total[1] + total[2])
        self.assertEqual(counts['hint all']['unit'][score.HIT], 0)

    def test_what_runs_repeat_counts_once(self):
        truth = {'runs': TRUTH['runs'] * 2}
        output = {'runs': answer(VOLT, SECOND)['runs'] * 2}
        needed = units.Needed(truth, output)
        self.assertEqual(list(units.outcomes(truth, output, needed)),
                         [(0, 'G')])


class Hinted(unittest.TestCase):
    def test_only_what_is_open(self):
        self.assertEqual(
            units.candidates(TRUTH, {(0, 'G'): {'v'}}),
            {'G': ['G.v=metre**2*kilogram**1*second**-3*amp**-1']})
        self.assertEqual(units.candidates(TRUTH, {}), {'G': []})

    def test_a_number(self):
        self.assertEqual(units.expression('rad'), '1')
        self.assertEqual(units.expression(None), '1')

    def test_wrong_ones_are_worse_than_none(self):
        found = {(0, 'G'): {('unit', 'v'): score.HIT,
                            ('unit', 'w'): score.WRONG}}
        self.assertLess(units.hits(found, 'G'), 0)
        self.assertEqual(units.hits(found, 'other'), 0)

    def test_what_follows_from_another_hint(self):
        found = {(0, 'G'): {('unit', 'v'): score.HIT,
                            ('unit', 'w'): score.NULL}}
        self.assertTrue(units.follows('G.v=volt', found))
        self.assertFalse(units.follows('G.w=volt', found))

    def test_options(self):
        self.assertEqual(units.options(['v=volt'], False),
                         ['--no-unit-conventions', '--unit', 'v=volt'])
        self.assertEqual(units.options([], True), [])


if __name__ == '__main__':
    unittest.main()
