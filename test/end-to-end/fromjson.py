#!/usr/bin/python3
"""Does docs/FromJson.md work?  Its code, as it stands there, on the corpus.

    fromjson.py --tool BRIAN2LIFT --corpus DIR [--only PATTERN] [--json FILE]
                [-j N]

The code is taken out of the page.  Each group without compartments is made by
it and runs for three steps.  Then Brian2's own object says what it has: each
equation, dimension and flag, threshold, reset, refractoriness, time step and
constants are compared with the truth.

A group that the page says cannot be loaded is counted under its reason; the
reason has to be seen in the truth or be a null of the JSON.  Exit status 1 when
a group that could be loaded was not, or is not the true one.
"""
import collections
import json
import logging
import multiprocessing
import os
import re
import sys
import tempfile

import brian2
import numpy as np

import score

PAGE = os.path.join(score.HERE, '..', '..', 'docs', 'FromJson.md')

FIELDS = {
    'loaded': 'groups that run, and are the true ones',
    'failed': 'groups that should, and do not',
    'function': 'functions of the model, TimedArrays',
    'linked': 'linked variables',
    'subgroup': 'regularly run code of a subgroup',
    'null': 'values or units that are not known, or taken by convention',
    'library': 'a method of the GSL, which needs its C code',
}


def code_of_page():
    """The namespace of the page's first block of Python, and its second's
    text."""
    with open(PAGE) as stream:
        blocks = re.findall(r'```python\n(.*?)```', stream.read(), re.DOTALL)
    names = {}
    exec(compile(blocks[0], PAGE, 'exec'), names)
    return names, blocks[1]


def obstacle(true, said):
    """The reason of the page why a group is not loaded, or None."""
    if any(function['kind'] != 'brian'
           for function in true['functions'].values()):
        return 'function'
    if true.get('linked'):
        return 'linked'
    if any('subgroup' in operation
           for operation in said.get('run_regularly', [])):
        return 'subgroup'
    if (said.get('method') or '').startswith('gsl'):
        return 'library'
    return None


def has_nulls(said):
    """Whether something is not known, or a unit is not the code's own."""
    def values(value):
        if isinstance(value, dict):
            for part in value.values():
                yield from values(part)
        else:
            yield value
    return any(value is None for key in ('equations', 'identifiers', 'events')
               for value in values(said.get(key) or {}))


def differences(true, said, group):
    """What Brian2's own object has that is not the truth."""
    expressions = score.Group(true, said, '', {})
    for name, eq in true['equations'].items():
        if eq['type'] == 'subexpression':
            continue  # mostly inlined; its users are compared
        if name not in group.equations:
            yield f'no {name}'
            continue
        mine = group.equations[name]
        if mine.type != eq['type']:
            yield f'{name} is a {mine.type}'
        if eq['type'] == 'differential equation':
            # (so Brian2 writes `unless refractory`, which is compared apart)
            text = str(mine.expr).removeprefix('int(not_refractory)*')
            why = expressions.same_expression(eq['expr_substituted'], text)
            if why:
                yield f'd{name}/dt = {mine.expr}: {why}'
        if (('unless refractory' in mine.flags)
                != ('unless refractory' in eq.get('flags', []))):
            yield f'{name} has flags {mine.flags}'
        dims = tuple(mine.dim._dims)
        if (said['equations'][name]['unit'] is not None
                and eq.get('dimensions') is not None
                and not np.allclose(dims, eq['dimensions'])):
            yield f'{name} has {mine.dim}'
    for event, true_event in true['events'].items():
        condition = group.events.get(event)
        # (a group that never spikes may be refractory)
        why = (condition is not None if 'threshold' not in true_event else
               condition is None or expressions.same_expression(
                   true_event['threshold_substituted'], condition))
        if why:
            yield f'{event}: {condition}: {why}'
        reset = true_event.get('reset') or ''
        why = reset.strip() and expressions.same_code(
            reset, group.event_codes.get(event, ''))
        if why:
            yield f'{event}: {group.event_codes.get(event)}: {why}'
        # (Brian2 may write it with six digits)
        if 'refractory_si' in true_event and not any(
                np.isclose(float(group._refractory), true_event[key])
                for key in ('refractory_si', 'refractory_6')):
            yield f'refractory {group._refractory}'
    dt = true['clock']['dt_si']
    if abs(float(group.clock.dt) - dt) > 1e-8 * dt:
        yield f'dt {group.clock.dt}'
    if len(group) != true['N']:
        yield f'N {len(group)}'


def load(names, said):
    """A run of three steps, in pieces as the page's example has it."""
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        json.dump({'runs': [{'components': {'neurongroup': [said]}}]}, file)
        file.flush()
        groups = names['neuron_groups'](file.name)
    group = groups[said['name']]
    brian2.Network(group).run(3 * group.clock.dt)
    return group


def read(task):
    """(project, counts, lines)."""
    tool, name, folder = task
    truth, output = score.read_project(tool, folder)
    names, _ = code_of_page()
    counts, lines, seen = collections.Counter(), [], set()
    for k, run in enumerate(truth['runs']):
        runs = output.get('runs') or []
        said = {group['name']: group for group
                in (runs[k]['components'].get('neurongroup', [])
                    if k < len(runs) else [])}
        for true in run['groups']:
            group = said.get(true['name'])
            if group is None or json.dumps(group) in seen:
                continue
            seen.add(json.dumps(group))
            # (a large group says no more, and takes longer)
            group['N'] = min(group['N'], 50)
            true['N'] = min(true['N'], 50)
            reason = obstacle(true, group)
            if reason:
                counts[reason] += 1
                continue
            try:
                brian = load(names, group)
                wrong = list(differences(true, group, brian))
            except Exception as error:  # whatever Brian2 may raise
                if has_nulls(group):
                    counts['null'] += 1
                    continue
                wrong = [f'{type(error).__name__}: {error} '
                         f'<- {error.__cause__}']
            counts['failed' if wrong else 'loaded'] += 1
            lines += [f'{name} run {k} {true["name"]}: {why}' for why in wrong]
    return name, counts, lines


def main():
    arguments = score.argument_parser(__doc__).parse_args()
    brian2.prefs.codegen.target = 'numpy'
    brian2.BrianLogger.suppress_hierarchy('brian2')
    logging.disable(logging.WARNING)
    np.seterr(all='ignore')
    tasks = score.tasks_of(arguments.tool, arguments.corpus, arguments.only)
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(read, tasks, chunksize=1)
    counts = score.print_outcomes(results, FIELDS)
    score.write_outcomes(arguments.json, results, counts, counts['loaded'],
                         counts['failed'])
    return 1 if counts['failed'] else 0


if __name__ == '__main__':
    sys.exit(main())
