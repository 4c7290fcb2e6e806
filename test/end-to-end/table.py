#!/usr/bin/python3
"""One table: what brian2lift reads from each model, through each generator.

    table.py --tool BRIAN2LIFT --corpora DIR [--only PATTERN] [--json FILE]
             [-j N] [--record] [--quiet]

DIR/<generator>/<model>/{project,truth.json} is what `corpus.py --generator`
makes.  Each cell compares the reading with the truth of the same script:

    .   the same, as far as the newest Brian2's code tells
    -   this generator cannot express the model
    u   unknown, because the generator erased it: explained below the table
    i   the code deviates from the script: explained below the table
    N   something is unknown (null) that the newest generator's code tells
    W   something is wrong
    E   the same, but there is noise on stderr
    X   the tool failed
        not generated

For each generator the figures of score.py are counted as well, and `table`,
the cells without X, W, N and E.  Exit status 1 when one is worse than
`versions.json` says; `--record` writes that file anew, for the generators that
are there.
"""
import argparse
import collections
import fnmatch
import json
import multiprocessing
import os
import re
import sys

import lacking
import score

HERE = os.path.dirname(os.path.abspath(__file__))
FIGURES = os.path.join(HERE, 'versions.json')

#: What a generator's code does not tell: the letter in the table, which
#: generators, the last Brian2 for which that holds (None: all), what the scorer
#: calls it, and why.
Erasure = collections.namedtuple('Erasure',
                                 'letter generators until fields why')

ERASURES = [
    Erasure('u', 'brian2-*', '2.4.2', {'unit'},
            'constants are inlined as literals (until 2.4.2), and with their '
            'names go the units that follow from them'),
    Erasure('d', 'genn-*', None, {'duration'},
            'how long a program of Brian2GeNN simulates is an argument of it'),
]

#: One place where the code of a version does not do what the script says, and
#: the reading is right for the code.  A row without patterns may excuse a wrong
#: value, any other only what is unknown.
Deviation = collections.namedtuple(
    'Deviation', 'letter generators until model place why')

INLINED_ON_CPU = ('Brian2GeNN writes the values of constants in place of their '
                  'names in code for the CPU, and units that follow are gone')

DEVIATIONS = [
    Deviation('i', 'brian2-*', '2.1.3.1', 'models.time_explicit',
              ('run 0 neurongroup', 'equation', 'v'),
              'Brian2 before 2.2 writes `i*int(...)/N` as a division of '
              'integers in C++, which truncates; so does the reading'),
    Deviation('c', 'genn-*', None, 'models.run_regularly_*',
              ('run 0 *', 'identifier*', '*'),
              INLINED_ON_CPU),
    Deviation('c', 'genn-*', None, 'models.run_regularly_*',
              ('run 0 *', 'unit', '*'),
              INLINED_ON_CPU),
    Deviation('c', 'genn-*', None, 'models.subexpression_in_events',
              ('run 0 neurongroup', 'unit', 'theta'),
              INLINED_ON_CPU),
    Deviation('c', 'genn-*', None, 'models.initial_values',
              ('run 0 neurongroup', 'unit', 'w'),
              INLINED_ON_CPU),
    Deviation('c', 'genn-*', None, 'models.subexpression_in_initial_values',
              ('run 0 neurongroup', 'unit', '*'),
              INLINED_ON_CPU),
    Deviation('s', 'cuda-*', None, 'models.subexpression_in_synapses',
              ('run 0 *', 'subexpression', '*'),
              'what synapses do in Brian2CUDA, several threads together, is '
              'not read'),
    Deviation('y', 'genn-*', None, 'models.constants_unusual',
              ('run 0 neurongroup', 'identifier_unit', 'yes'),
              'Brian2GeNN writes True as 1'),
    Deviation('n', 'genn-*', None, 'models.names_prefix_of_each_other',
              ('run 0 my_group_x', 'dtype', 'v'),
              'Brian2GeNN uses one array for two variables of one name'),
    Deviation('b', 'genn-*', None, 'models.subexpression_boolean_integer',
              ('run 0 neurongroup', 'equation', 'v'),
              'Brian2GeNN takes `int(x)` for the truth of x'),
    Deviation('b', 'genn-*', None, 'models.subexpression_boolean_integer',
              ('run 0 neurongroup', 'threshold', 'spike'),
              'Brian2GeNN takes `int(x)` for the truth of x'),
    Deviation('b', 'genn-*', None, 'models.subexpression_boolean_integer',
              ('run 0 neurongroup', '*', '*'),
              'Brian2GeNN takes `int(x)` for the truth of x'),
    Deviation('k', 'genn-*', None, 'models.dt_under_every_method',
              ('-', 'stderr', ''),
              'Brian2GeNN calls a variable `if`: no C++'),
    Deviation('r', 'genn-*', None, 'models.inputs_on_one_clock',
              ('-', 'stderr', ''),
              'Brian2GeNN defines `_rand` twice: no C++'),
    Deviation('r', 'genn-*', None, 'models.inputs_on_one_clock',
              ('run 0 cells', 'constant_over_dt', 'kick'),
              'Brian2GeNN defines `_rand` twice: no C++'),
    Deviation('r', 'genn-*', None, 'models.inputs_on_one_clock',
              ('run 0 cells', 'flags', 'kick'),
              'Brian2GeNN defines `_rand` twice: no C++'),
    Deviation('r', 'genn-*', None, 'models.inputs_on_one_clock',
              ('run 0 cells', 'type', 'kick'),
              'Brian2GeNN defines `_rand` twice: no C++'),
    Deviation('o', 'genn-1.[45]', None, 'models.runs_with_other_objects',
              ('run 0 goes', 'type', 'x'),
              'Brian2GeNN leaves out a group that leaves the network later'),
    Deviation('o', 'genn-1.[45]', None, 'models.runs_with_other_objects',
              ('run 0 goes', '*', '*'),
              'Brian2GeNN leaves out a group that leaves the network later'),
    Deviation('o', 'genn-*', None, 'models.runs_with_other_objects',
              ('-', 'stderr', ''),
              'Brian2GeNN leaves out a group that leaves the network later'),
]

#: What no generator's code tells: no letter, it is the same for all.
UNTOLD = {'constant'}


#: Letters of what nobody has explained, the worst first.
FAILURES = 'XWNE'


def order(generator):
    """Devices one after the other, versions from old to new."""
    device, _, version = generator.partition('-')
    parts = [(part.isdigit(), int(part) if part.isdigit() else part)
             for part in re.findall(r'\d+|[a-z]+', version)]  # 1.0a7 < 1.0.1
    return device != 'brian2', device, parts


def projects(corpora, pattern):
    """(generator, model, folder) of what there is, which may be nothing."""
    names = os.listdir(corpora) if os.path.isdir(corpora) else []
    for generator in sorted(names, key=order):
        top = os.path.join(corpora, generator)
        if not os.path.isdir(top):
            continue
        for model in sorted(os.listdir(top)):
            if (model.startswith('models.')
                    and fnmatch.fnmatch(model, f'*{pattern}*')):
                yield generator, model, os.path.join(top, model)


def read(task):
    """One cell in a worker: the Brian2, what is not as in the truth, what the
    scorer counts; or why there is nothing to read."""
    tool, generator, model, folder = task
    try:
        with open(os.path.join(folder, 'truth.json')) as stream:
            brian2 = json.load(stream)['brian2']
    except OSError:
        try:
            with open(os.path.join(folder, 'stamp.json')) as stream:
                why = json.load(stream)['message']
        except (OSError, ValueError):
            why = None
        return generator, model, {'missing': why}
    report, _ = score.score_folder(tool, model, folder)
    failure = next((miss.partition('got ')[2].partition(' error: ')[2]
                    for miss in report.misses if ' tool wrong: ' in miss), None)
    return generator, model, {'brian2': brian2, 'places': report.places,
                              'outcomes': report.outcomes, 'failure': failure}


def holds(known, generator, cell):
    """Whether it is about this version of this device."""
    return fnmatch.fnmatch(generator, known.generators) and (
        known.until is None or
        lacking.version(cell['brian2']) <= lacking.version(known.until))


def judge_one(generator, cell, model, place, outcome, common):
    """(code, why) of one thing that is not as in the truth.  What is erased
    may be unknown; it may never be wrong, unless a row names just this."""
    if place[1] == 'tool':
        return 'X', None
    if place[1] in UNTOLD or common.get(place) == outcome == score.NULL:
        return '.', None
    for known in DEVIATIONS:
        just_this = (model, place) == (known.model, known.place)
        if (holds(known, generator, cell)
                and (just_this or outcome == score.NULL)
                and fnmatch.fnmatch(model, known.model)
                and all(map(fnmatch.fnmatch, place, known.place))):
            return known.letter, known.why
    if place[1] == 'stderr':
        return 'E', None
    if outcome == score.WRONG:
        return 'W', None
    for known in ERASURES:
        if place[1] in known.fields and holds(known, generator, cell):
            return known.letter, known.why
    return 'N', None


def judge(generator, cell, model, common):
    """Fill in the cell's `code` and `differences`; `common` are the places
    that the newest generator's code does not tell."""
    cell['differences'] = []
    if 'missing' in cell:
        cell['code'] = ' ' if cell['missing'] is None else '-'
        return
    for place, outcome in sorted(cell['places'].items()):
        code, why = judge_one(generator, cell, model, place,
                              outcome, common)
        if code != '.':
            cell['differences'].append({
                'code': code, 'where': place[0], 'field': place[1],
                'name': place[2], 'outcome': outcome, 'explained': why})
    codes = {entry['code'] for entry in cell['differences']}
    if 'X' in codes:  # all else follows from that
        cell['differences'] = [entry for entry in cell['differences']
                               if entry['code'] == 'X']
    cell['code'] = next((code for code in FAILURES if code in codes),
                        min(codes, default='.'))


def compare(cells):
    """Judge all cells of {model: {generator: cell}}: what the newest Brian2
    that has the model does not tell, the others need not tell either."""
    for model, row in cells.items():
        present = [name for name in sorted(row, key=order)
                   if 'places' in row[name]]
        plain = [name for name in present if name.startswith('brian2-')]
        newest = (plain or present)[-1:]
        common = row[newest[0]]['places'] if newest else {}
        for name, cell in row.items():
            judge(name, cell, model, common)


def print_table(cells, generators):
    width = max(map(len, cells), default=0) - len('models.') + 2
    for line in range(max(map(len, generators), default=0)):
        print(' ' * width + ' '.join(name.rjust(
            max(map(len, generators)))[line] for name in generators))
    for model, row in cells.items():
        print(model[len('models.'):].ljust(width)
              + ' '.join(row.get(name, {'code': ' '})['code']
                         for name in generators))


def print_explanations(cells, generators):
    """What each letter and each dash is; and every other difference, with the
    generators that have it."""
    used = {entry['code'] for row in cells.values() for cell in row.values()
            for entry in cell['differences']}
    for letter, why in sorted({known.letter: known.why for known
                               in ERASURES + DEVIATIONS}.items()):
        if letter in used:
            print(f'{letter}: {why}')
    unexplained = {}
    lacks, failed = (collections.defaultdict(
        lambda: collections.defaultdict(list)) for _ in range(2))
    for model, row in cells.items():
        for name in generators:
            cell = row.get(name, {'code': ' ', 'differences': []})
            if cell['code'] == '-':
                why = lacking.what_lacks(model, name) or cell['missing']
                lacks[why][model].append(name)
            for entry in cell['differences']:
                if entry['code'] == 'X':
                    failed[cell['failure']][model].append(name)
                elif not entry['explained']:
                    line = ' '.join([entry['code'], model, entry['where'],
                                     entry['field'], entry['name'],
                                     entry['outcome']])
                    unexplained.setdefault(line, []).append(name)
    for why, models in lacks.items():
        print(f'- {why}: ' + ', '.join(
            f'{model[len("models."):]} ({", ".join(names)})'
            for model, names in models.items()))
    for why, models in failed.items():
        names = sorted(set().union(*models.values()), key=order)
        print(f'X {why}: {len(models)} models ({", ".join(names)}): '
              + ', '.join(model[len('models.'):] for model in models))
    for line, names in unexplained.items():
        print(f'{line} ({", ".join(names)})')


def tally(cells, generators):
    """{generator: {field: {outcome: count}}}, as score.tally."""
    counts = {name: {field: collections.Counter()
                     for field in ['table', *score.FIELDS]}
              for name in generators}
    for row in cells.values():
        for name, cell in row.items():
            if 'places' in cell:
                counts[name]['table'][score.WRONG if cell['code'] in FAILURES
                                      else score.HIT] += 1
                for field, outcome in cell['outcomes']:
                    # `spatial:N` is an N of a neuron with compartments
                    counts[name][field.split(':')[-1]][outcome] += 1
    return counts


def recorded(generators):
    """The recorded figures of these generators; the others are not here."""
    try:
        with open(FIGURES) as stream:
            return {name: figures for name, figures
                    in json.load(stream).items() if name in generators}
    except OSError:
        return {}


def record(counts):
    """Keep what is recorded of generators that this machine lacks."""
    figures = {}
    if os.path.exists(FIGURES):
        with open(FIGURES) as stream:
            figures = json.load(stream)
    figures.update(score.figures_of(counts))
    with open(FIGURES, 'w') as stream:
        json.dump(figures, stream, indent=1, sort_keys=True)
        stream.write('\n')


def print_figures(counts):
    """Hits and wrong ones of all: a line a generator."""
    for name, fields in counts.items():
        total = sum((collections.Counter(count) for field, count
                     in fields.items() if field != 'table'),
                    collections.Counter())
        cells = fields['table']
        print(f'{name:16} {cells[score.HIT]:4} of {sum(cells.values()):4} '
              f'cells; figures: {total[score.HIT]:6} hits '
              f'{total[score.NULL]:5} null {total[score.WRONG]:5} wrong')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--tool', required=True)
    parser.add_argument('--corpora', required=True, metavar='DIR')
    parser.add_argument('--only', default='*', metavar='PATTERN')
    parser.add_argument('--json', metavar='FILE')
    parser.add_argument('-j', type=int, default=os.cpu_count(), dest='jobs')
    parser.add_argument('--record', action='store_true')
    parser.add_argument('--quiet', action='store_true',
                        help='the table and the figures alone')
    arguments = parser.parse_args()
    tool = os.path.abspath(arguments.tool)
    tasks = [(tool,) + project
             for project in projects(arguments.corpora, arguments.only)]
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(read, tasks, chunksize=4)
    cells = {}
    for generator, model, cell in results:
        cells.setdefault(model, {})[generator] = cell
    cells = dict(sorted(cells.items()))
    generators = sorted({result[0] for result in results}, key=order)
    compare(cells)
    print_table(cells, generators)
    if not arguments.quiet:
        print_explanations(cells, generators)
    counts = tally(cells, generators)
    print_figures(counts)
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({
                'counts': counts,
                'erasures': {known.letter: known.why
                             for known in ERASURES + DEVIATIONS},
                'models': {model: {
                    name: {key: cell[key] for key in (
                        'code', 'differences', 'missing') if key in cell}
                    for name, cell in row.items()}
                    for model, row in cells.items()}}, stream, indent=1)
            stream.write('\n')
    if arguments.only != '*':
        return 0
    if arguments.record:
        record(counts)
    worse = list(score.worse_than(recorded(generators), counts))
    for line in worse:
        print(f'WORSE {line}')
    return 1 if worse else 0


if __name__ == '__main__':
    sys.exit(main())
