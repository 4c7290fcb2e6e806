#!/usr/bin/python3
"""How many units brian2lift knows, and how: evidence, conventions, one hint.

    units.py --tool BRIAN2LIFT --corpus DIR [--only PATTERN] [--json FILE]
             [-j N] [--record] [--misses MODE]

For all scripts and for two halves of them (the conventions were made with the
scripts of half 0 in view, and with two of half 1) the units of variables and constants are compared
with the truth in these modes:

    evidence           --no-unit-conventions
    conventions        no option
    hint               one --unit a group, --no-unit-conventions
    hint+conventions   one --unit a group

The hint of a group is the one, of all units that are open without it, that gives
the most right ones.  Exit status 1 when a figure is worse than
`units.json` says; `--record` writes that file anew.
"""
import collections
import json
import multiprocessing
import os
import subprocess
import sys
import zlib

import score
from score import HIT, NULL, WRONG

HERE = os.path.dirname(os.path.abspath(__file__))
FIGURES = os.path.join(HERE, 'units.json')
MODES = ('evidence', 'conventions', 'hint', 'hint+conventions')
FIELDS = {'unit': 'variables', 'identifier_unit': 'constants'}
BASE = ('metre', 'kilogram', 'second', 'amp', 'kelvin', 'mole', 'candle')


def half(name):
    """0 or 1, the same for ever."""
    return zlib.crc32(name.encode()) % 2


def run(tool, folder, options):
    """The tool's JSON; {} when there is none."""
    try:
        done = subprocess.run(
            [tool, os.path.join(folder, 'project'), *options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=score.TIMEOUT)
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {}


def groups(truth, output):
    """(key, truth, what the tool says) of each group in each run."""
    runs = output.get('runs') or []
    for k, true_run in enumerate(truth['runs']):
        components = (runs[k] if k < len(runs) else {}).get('components') or {}
        said = {group['name']: group
                for kind in ('neurongroup', 'spatialneuron')
                for group in components.get(kind) or []}
        for true in true_run['groups'] + true_run.get('spatialneurons', []):
            yield (k, true['name']), true, said.get(true['name']) or {}


class Needed:
    """The constants that a group needs: those that score.py asks for."""

    def __init__(self, truth, output):
        self.names = {}
        self.repeated = set()
        seen = set()
        for key, true, said in groups(truth, output):
            # what several runs repeat counts once
            fingerprint = json.dumps([true, said], sort_keys=True)
            if fingerprint in seen:
                self.repeated.add(key)
            seen.add(fingerprint)
            group = score.Group(true, said, '', {})
            self.names[key] = score.needed_names(group)


def outcomes(truth, output, needed):
    """{(run, group): {(field, name): outcome}} of all units."""
    result = {}
    for key, true, said in groups(truth, output):
        if key in needed.repeated:
            continue
        report = score.Report('')
        names = result[key] = {}
        for name, eq in true['equations'].items():
            entry = (said.get('equations') or {}).get(name)
            if isinstance(entry, dict):
                score.score_unit(report, 'unit', name, eq['unit'],
                                 entry.get('unit'))
                names['unit', name] = report.outcomes[-1][1]
        for name in sorted(needed.names[key]):
            entry = (said.get('identifiers') or {}).get(name)
            if isinstance(entry, dict) and entry.get('value_si') is not None:
                score.score_identifier_unit(
                    report, name, true['identifiers'][name], entry)
                names['identifier_unit', name] = report.outcomes[-1][1]
    return result


def expression(unit):
    """A unit of the truth, as one would type it."""
    exponents = score.algebra.dimensions(unit or '1')
    if exponents is None:
        return None
    return '*'.join(f'{base}**{exponent:g}' for base, exponent
                    in zip(BASE, exponents) if exponent) or '1'


def candidates(truth, open_names):
    """{group: [hint]}: what is open, in order of the truth."""
    result = {}
    for (k, name), true, _ in groups(truth, {}):
        units = {each: eq['unit'] for each, eq in true['equations'].items()}
        units.update((each, constant.get('unit')) for each, constant
                     in true['identifiers'].items())
        for each, unit in units.items():
            text = expression(unit)
            hint = f'{name}.{each}={text}'
            if (text and hint not in result.setdefault(name, [])
                    and each in open_names.get((k, name), ())):
                result[name].append(hint)
    return result


def options(hints, conventions):
    result = [] if conventions else ['--no-unit-conventions']
    for hint in hints:
        result += ['--unit', hint]
    return result


def hits(found, group):
    """How good a hint is: right ones, less the wrong ones."""
    return sum((outcome == HIT) - 100 * (outcome == WRONG)
               for (_, name), units in found.items() if name == group
               for outcome in units.values())


def follows(hint, found):
    """Whether all that the hint says is right without it."""
    group, name = hint.split('=')[0].split('.')
    said = [units[key] for (_, each), units in found.items() if each == group
            for key in units if key[1] == name]
    return all(outcome == HIT for outcome in said)


def read(task):
    """One project: (name, {mode: outcomes}, {mode: hints})."""
    tool, name, folder = task
    with open(os.path.join(folder, 'truth.json')) as stream:
        truth = json.load(stream)
    output = run(tool, folder, ['--no-unit-conventions'])
    needed = Needed(truth, output)
    found = {'evidence': outcomes(truth, output, needed),
             'conventions': outcomes(truth, run(tool, folder, []), needed)}
    chosen = {}
    for mode, plain in (('hint', 'evidence'),
                        ('hint+conventions', 'conventions')):
        conventions = plain == 'conventions'
        possible = candidates(truth, {
            key: {each for (_, each), outcome in units.items()
                  if outcome != HIT} for key, units in found[plain].items()})
        best = {group: (hits(found[plain], group), None) for group in possible}
        # One candidate of each group in one go: a group has its own.
        while any(possible.values()):
            trial = {group: hints.pop(0)
                     for group, hints in possible.items() if hints}
            result = outcomes(truth, run(tool, folder, options(
                trial.values(), conventions)), needed)
            for group, hint in trial.items():
                if hits(result, group) > best[group][0]:
                    best[group] = hits(result, group), hint
                # What follows from one hint gives no more than that one.
                possible[group] = [other for other in possible[group]
                                   if not follows(other, result)]
        chosen[mode] = [hint for _, hint in best.values() if hint]
        found[mode] = (found[plain] if not chosen[mode] else outcomes(
            truth, run(tool, folder, options(chosen[mode], conventions)),
            needed))
    return name, found, chosen


def tally(results):
    """{'mode half': {field: {outcome: count}}}, as score.tally."""
    counts = {f'{mode} {part}': {field: collections.Counter()
                                 for field in ('all', *FIELDS)}
              for mode in MODES for part in ('all', '0', '1')}
    for name, found, _ in results:
        for mode, by_group in found.items():
            for units in by_group.values():
                for (field, _), outcome in units.items():
                    for part in ('all', str(half(name))):
                        counts[f'{mode} {part}'][field][outcome] += 1
                        counts[f'{mode} {part}']['all'][outcome] += 1
    return counts


def print_table(counts):
    print(f'{"mode":18}half  ' + ''.join(
        f'{what + ": right/all":>24}  null wrong' for what in
        ('units', *FIELDS.values())))
    for row, fields in counts.items():
        mode, part = row.rsplit(' ', 1)
        line = f'{mode:18}{part:5}'
        for field in ('all', *FIELDS):
            count = fields[field]
            total = sum(count.values())
            share = 100 * count[HIT] / total if total else 0
            line += (f'{count[HIT]:12}/{total:<5} {share:5.1f} %'
                     f'{count[NULL]:6}{count[WRONG]:6}')
        print(line)


def main():
    parser = score.argument_parser(__doc__)
    parser.add_argument('--record', action='store_true')
    parser.add_argument('--misses', choices=MODES, metavar='MODE',
                        help='a line for each that is null or wrong')
    arguments = parser.parse_args()
    tasks = score.tasks_of(arguments.tool, arguments.corpus, arguments.only)
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(read, tasks, chunksize=1)
    if arguments.misses:
        for name, found, chosen in results:
            for (k, group), units in found[arguments.misses].items():
                for (_, each), outcome in units.items():
                    if outcome != HIT:
                        print(half(name), name, k, group, each, outcome,
                              *chosen.get(arguments.misses, []))
    counts = tally(results)
    print_table(counts)
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'counts': counts, 'hints': {
                name: chosen for name, _, chosen in results}}, stream,
                indent=1)
            stream.write('\n')
    if arguments.only != '*':
        return 0
    if arguments.record:
        with open(FIGURES, 'w') as stream:
            json.dump(score.figures_of(counts), stream, indent=1,
                      sort_keys=True)
            stream.write('\n')
    with open(FIGURES) as stream:
        worse = list(score.worse_than(json.load(stream), counts))
    for line in worse:
        print(f'WORSE {line}')
    return 1 if worse else 0


if __name__ == '__main__':
    sys.exit(main())
