#!/usr/bin/python3
"""Tests of the table of generators: what may differ, and what may not."""
import unittest

import generators
import lacking
import score
import table

NULL, WRONG = score.NULL, score.WRONG
UNIT = ('run 0 group', 'unit', 'v')
THRESHOLD = ('run 0 group', 'threshold', 'spike')


class Judged(unittest.TestCase):
    """One row of three generators; what is missed makes the letter."""

    def codes(self, **missed):
        """The letters of 2.4.2, 2.5.1 and 2.11.0, which miss `old`, `middle`
        and `new`."""
        row = {'brian2-' + brian2: {'brian2': brian2, 'outcomes': [],
                                    'places': missed.get(name, {})}
               for name, brian2 in (('old', '2.4.2'), ('middle', '2.5.1'),
                                    ('new', '2.11.0'))}
        table.compare({'models.m': row})
        return ''.join(cell['code'] for cell in row.values())

    def test_nothing_missed(self):
        self.assertEqual(self.codes(), '...')

    def test_no_code_tells(self):
        every = {THRESHOLD: NULL}
        self.assertEqual(self.codes(old=every, middle=every, new=every), '...')

    def test_one_does_not_tell(self):
        self.assertEqual(self.codes(middle={THRESHOLD: NULL}), '.N.')

    def test_erased(self):
        self.assertEqual(self.codes(old={UNIT: NULL}), 'u..')
        self.assertEqual(self.codes(middle={UNIT: NULL}), '.N.')

    def test_erased_is_never_wrong(self):
        self.assertEqual(self.codes(old={UNIT: WRONG}), 'W..')

    def test_wrong_everywhere(self):
        every = {THRESHOLD: WRONG}
        self.assertEqual(self.codes(old=every, middle=every, new=every), 'WWW')

    def test_wrong_where_the_newest_does_not_tell(self):
        self.assertEqual(self.codes(old={THRESHOLD: WRONG},
                                    new={THRESHOLD: NULL}), 'W..')

    def test_the_worst_counts(self):
        self.assertEqual(self.codes(old={UNIT: NULL, THRESHOLD: NULL}), 'N..')
        self.assertEqual(self.codes(old={UNIT: NULL,
                                         ('-', 'tool', ''): WRONG}), 'X..')
        self.assertEqual(self.codes(new={('-', 'stderr', ''): WRONG}), '..E')

    def test_deviation(self):
        """It excuses one wrong value of one model, until a version."""
        for brian2, model, field, code in (
                ('2.1.3.1', 'models.time_explicit', 'equation', 'i'),
                ('2.2.2.1', 'models.time_explicit', 'equation', 'W'),
                ('2.1.3.1', 'models.time_explicit', 'reset', 'W'),
                ('2.1.3.1', 'models.names_clash', 'equation', 'W')):
            place = ('run 0 neurongroup', field, 'v')
            row = {'brian2-' + version: {
                'brian2': version, 'outcomes': [],
                'places': {place: WRONG} if version == brian2 else {}}
                for version in (brian2, '2.11.0')}
            table.compare({model: row})
            self.assertEqual([cell['code'] for cell in row.values()],
                             [code, '.'])

    def test_deviation_by_pattern(self):
        """It excuses what is unknown, and nothing wrong."""
        for outcome, code in ((NULL, 'c'), (WRONG, 'W')):
            cell = {'brian2': '2.4.2', 'outcomes': [], 'places': {
                ('run 0 neurongroup', 'identifier', 'tau'): outcome}}
            table.compare({'models.run_regularly_one': {
                'genn-1.6': cell, 'brian2-2.11.0': {
                    'brian2': '2.11.0', 'outcomes': [], 'places': {}}}})
            self.assertEqual(cell['code'], code)

    def test_missing(self):
        row = {'brian2-2.0': {'missing': 'cannot'},
               'brian2-2.1.3.1': {'missing': None}}
        table.compare({'models.m': row})
        self.assertEqual([cell['code'] for cell in row.values()], ['-', ' '])


class Counted(unittest.TestCase):
    def test_spatial(self):
        """Neurons with compartments count with the others."""
        cell = {'brian2': '2.0', 'places': {}, 'code': '.',
                'outcomes': [('N', score.HIT), ('spatial:N', NULL)]}
        counts = table.tally({'models.m': {'brian2-2.0': cell}},
                             ['brian2-2.0'])['brian2-2.0']
        self.assertEqual(counts['N'], {score.HIT: 1, NULL: 1})
        self.assertEqual(counts['table'], {score.HIT: 1})

    def test_nothing(self):
        """On a machine without generators the table is empty."""
        self.assertEqual(list(table.projects('/nonexistent', '*')), [])
        table.compare({})
        table.print_table({}, [])
        table.print_explanations({}, [])
        self.assertEqual(table.tally({}, []), {})


class Named(unittest.TestCase):
    def test_order(self):
        names = ['genn-1.6', 'brian2-2.10.1', 'brian2-2.9.0', 'brian2-2.0',
                 'cuda-1.0b1', 'cuda-1.0a7']
        self.assertEqual(sorted(names, key=table.order), [
            'brian2-2.0', 'brian2-2.9.0', 'brian2-2.10.1', 'cuda-1.0a7',
            'cuda-1.0b1', 'genn-1.6'])

    def test_lacking(self):
        for brian2, lacks in (('2.2.2.1', True), ('2.3', False),
                              ('2.11.0', False)):
            self.assertEqual(bool(lacking.what_lacks(
                'models.functions_exponential', f'brian2-{brian2}')), lacks)

    def test_no_such_python(self):
        with self.assertRaises(generators.LeftOut):
            generators.find_python('1.5')


if __name__ == '__main__':
    unittest.main()
