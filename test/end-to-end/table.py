#!/usr/bin/python3
"""One table: what brian2lift reads from each model, through each generator.

    table.py --tool BRIAN2LIFT --corpora DIR [--only PATTERN] [--json FILE]
             [-j N] [--quiet]

DIR/<generator>/<model>/{project,truth.json} is what `corpus.py --generator`
makes.  Each cell compares the reading with the truth of the same script:

    .   the same, as far as the newest Brian2's code tells
    -   this generator cannot express the model
    u   differs, because the generator erased it: explained below the table
    N   something is unknown (null) that the newest generator's code tells
    W   something is wrong
    E   the same, but there is noise on stderr
    X   the tool failed
        not generated

Exit status 1 when a difference is not explained.
"""
import argparse
import collections
import fnmatch
import json
import multiprocessing
import os
import sys

import lacking
import score


#: What a generator's code does not tell: the letter in the table, the last
#: Brian2 for which that holds, what the scorer calls it, and why.
Erasure = collections.namedtuple('Erasure', 'letter until fields why')

ERASURES = [
    Erasure('u', '2.4.2', {'unit'},
            'constants are inlined as literals (until 2.4.2), and with their '
            'names go the units that follow from them'),
]

#: What no generator's code tells: no letter, it is the same for all.
UNTOLD = {'constant'}


#: Letters of what nobody has explained, the worst first.
FAILURES = 'XWNE'


def order(generator):
    """Devices one after the other, versions from old to new."""
    device, _, version = generator.partition('-')
    return device != 'brian2', device, lacking.version(version)


def projects(corpora, pattern):
    """(generator, model, folder) of what there is."""
    for generator in sorted(os.listdir(corpora), key=order):
        top = os.path.join(corpora, generator)
        if not os.path.isdir(top):
            continue
        for model in sorted(os.listdir(top)):
            if (model.startswith('models.')
                    and fnmatch.fnmatch(model, f'*{pattern}*')):
                yield generator, model, os.path.join(top, model)


def read(task):
    """One cell in a worker: the Brian2, what is not as in the truth, the
    scorer's lines; or why there is nothing to read."""
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
    return generator, model, {'brian2': brian2, 'misses': report.misses,
                              'places': report.places}


def judge_one(cell, place, outcome, common):
    """(code, why) of one thing that is not as in the truth.  What is erased
    may be unknown; it may never be wrong."""
    if place[1] == 'tool':
        return 'X', None
    if place[1] == 'stderr':
        return 'E', None
    if place[1] in UNTOLD or common.get(place) == outcome == score.NULL:
        return '.', None
    if outcome == score.WRONG:
        return 'W', None
    for known in ERASURES:
        if (place[1] in known.fields and lacking.version(cell['brian2'])
                <= lacking.version(known.until)):
            return known.letter, known.why
    return 'N', None


def judge(cell, common):
    """Fill in the cell's `code` and `differences`; `common` are the places
    that the newest generator's code does not tell."""
    cell['differences'] = []
    if 'missing' in cell:
        cell['code'] = ' ' if cell['missing'] is None else '-'
        return
    for place, outcome in sorted(cell['places'].items()):
        code, why = judge_one(cell, place, outcome, common)
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
    for row in cells.values():
        present = [name for name in sorted(row, key=order)
                   if 'places' in row[name]]
        plain = [name for name in present if name.startswith('brian2-')]
        newest = (plain or present)[-1:]
        common = row[newest[0]]['places'] if newest else {}
        for cell in row.values():
            judge(cell, common)


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
    for known in ERASURES:
        if known.letter in used:
            print(f'{known.letter}: {known.why}')
    unexplained, lacks = {}, {}
    for model, row in cells.items():
        for name in generators:
            cell = row.get(name, {'code': ' ', 'differences': []})
            if cell['code'] == '-':
                why = lacking.what_lacks(model, name) or cell['missing']
                lacks.setdefault((model, why), []).append(name)
            for entry in cell['differences']:
                if not entry['explained']:
                    line = ' '.join([entry['code'], model, entry['where'],
                                     entry['field'], entry['name'],
                                     entry['outcome']])
                    unexplained.setdefault(line, []).append(name)
    for (model, why), names in lacks.items():
        print(f'- {model}: {why} ({", ".join(names)})')
    for line, names in unexplained.items():
        print(f'{line} ({", ".join(names)})')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--tool', required=True)
    parser.add_argument('--corpora', required=True, metavar='DIR')
    parser.add_argument('--only', default='*', metavar='PATTERN')
    parser.add_argument('--json', metavar='FILE')
    parser.add_argument('-j', type=int, default=os.cpu_count(), dest='jobs')
    parser.add_argument('--quiet', action='store_true',
                        help='the table alone')
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
    judged = [cell for row in cells.values() for cell in row.values()
              if 'places' in cell]
    failed = sum(cell['code'] in FAILURES for cell in judged)
    print(f'{len(cells)} models, {len(generators)} generators: '
          f'{len(judged) - failed} readings as they should be, {failed} not')
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'passed': len(judged) - failed, 'failed': failed,
                       'generators': generators,
                       'erasures': {known.letter: known.why
                                    for known in ERASURES},
                       'models': {model: {
                           name: {key: cell[key] for key in (
                               'code', 'differences', 'missing') if key in cell}
                           for name, cell in row.items()}
                           for model, row in cells.items()}}, stream, indent=1)
            stream.write('\n')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
