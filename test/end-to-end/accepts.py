#!/usr/bin/python3
"""Does Brian2 accept what brian2lift prints?  Parsing and units.

    accepts.py --tool BRIAN2LIFT --corpus DIR [--only PATTERN] [--json FILE]
               [-j N]

From the JSON alone each group is made again: equations with units and flags,
identifiers as namespace, method, threshold, reset, refractoriness, regularly
run code.  Then Brian2 does what it does before a run, up to the point where it
would generate code: it parses everything, finds every name, checks the units of
every equation and statement, and applies the method.  Only where the JSON says
that a unit is unknown (null) it is the truth's.

Each group that is refused is a line.  Apart from these are counted

    literal   the generator wrote constants as numbers, and their units are gone
    zero      it wrote a quantity as 0, and nothing tells the unit (null)
    unknown   values are null, so that there is less to accept

Exit status 1 when a group is refused.
"""
import ast
import collections
import itertools
import json
import logging
import multiprocessing
import re
import sys

import brian2
import numpy as np
from brian2.core.functions import Function
from brian2.devices.device import RuntimeDevice
from brian2.groups.neurongroup import StateUpdater
from brian2.units.fundamentalunits import (DimensionMismatchError, Quantity,
                                           get_or_create_dimension,
                                           get_unit)

import algebra
import score
import spatial

FIELDS = {
    'accepted': 'groups that Brian2 takes',
    'refused': 'groups that it does not',
    'literal': 'units that cannot be right: constants are written as numbers',
    'zero': 'units that cannot be right: 0 of a variable of unknown unit',
    'unknown': 'accepted, but some value is null',
    'functions': 'accepted with some unit for what an unknown function returns',
    'absent': 'groups that the tool does not print',
}
BASES = ('metre', 'kilogram', 'second', 'amp', 'kelvin', 'mole', 'candela')
SECOND = (0, 0, 1, 0, 0, 0, 0)
ONE = (0,) * 7
MOST = 2000  # units of functions that are tried


class NoCode:
    """In place of a code object."""

    def before_run(self):
        pass


def never_generate(*_, **__):
    return NoCode()


class Rebuilt:
    """One group, from what the tool says; `returns` are the dimensions of what
    each of `functions` returns, which are not Brian2's own."""

    def __init__(self, true, said, functions, returns):
        self.true, self.said = true, said
        self.unknown = False
        self.namespace, self.linked = {}, {}
        for name, entry in (said.get('identifiers') or {}).items():
            value = score.number(entry['value_si'])
            dims = self.dimensions(entry.get('unit', '1'),
                                   true['identifiers'].get(name, {}))
            if entry.get('value') in ('True', 'False'):
                value = entry['value'] == 'True'
            self.namespace[name] = (Quantity(value, dim=dimension(dims))
                                    if any(dims) else value)
        for (name, count), dims in zip(functions.items(), returns):
            self.namespace[name] = stand_in(count, dims)
        self.lines = [self.line(name, eq) for name, eq
                      in (said.get('equations') or {}).items()]

    @staticmethod
    def dimensions(unit, true):
        """Those of the unit that the tool says, else the true ones."""
        dims = algebra.dimensions(unit) if unit is not None else None
        if dims is None and unit is not None:
            raise ValueError(f'unit {unit}')
        if dims is None:
            dims = (true.get('dimensions')
                    or algebra.dimensions(true.get('unit', '1')))
        return tuple(dims or ONE)

    def line(self, name, eq):
        """One line of equations."""
        unit = ({'boolean': 'boolean', 'integer': 'integer'}
                .get(eq.get('dtype')) or unit_text(self.dimensions(
                    eq.get('unit'), self.true['equations'].get(name, {}))))
        flags = eq.get('flags') or []
        if 'linked' in flags:
            self.linked[name] = unit
        kind, expr = eq.get('type'), eq.get('expr')
        if kind != 'parameter' and expr is None:
            # for the others' sake; its flags may not fit a parameter
            self.unknown, kind, flags = True, 'parameter', []
        text = {'parameter': name, 'subexpression': f'{name} = {expr}',
                'differential equation': f'd{name}/dt = {expr}'}[kind]
        return f'{text} : {unit}' + (f' ({", ".join(flags)})' if flags else '')

    def check(self):
        """Raises what Brian2 raises."""
        equations = brian2.Equations('\n'.join(self.lines))
        said = self.said
        events = said.get('events') or {}
        spike = dict(events.get('spike') or {})
        method = said.get('method')
        if method == 'unknown':  # the author's own
            method = None
        self.unknown |= method is None and any(
            eq.get('type') == 'differential equation'
            for eq in said['equations'].values())
        more = {}
        refractory = spike.get('refractory')
        if refractory is not None:
            value = (algebra.quantity(refractory)
                     if isinstance(refractory, str) else None)
            more['refractory'] = (value * brian2.second if value is not None
                                  else refractory)
        if spike.get('threshold'):
            more['threshold'] = spike['threshold']
        if method is not None:
            more['method'] = method
        size = min(said.get('N') or 1, 10000)
        others = {name: event['threshold'] for name, event in events.items()
                  if name != 'spike' and event.get('threshold')}
        if spatial.is_spatial(self.true):
            shape = brian2.Cylinder(n=size, length=100*brian2.um,
                                    diameter=1*brian2.um)
            group = brian2.SpatialNeuron(
                shape, equations, namespace=self.namespace, name='rebuilt*',
                reset=spike.get('reset') or None,
                threshold_location=said.get('threshold_location'), **more)
        else:
            group = brian2.NeuronGroup(
                size, equations, namespace=self.namespace, name='rebuilt*',
                events=dict(others),
                reset=(spike.get('reset') or None) if spike.get('threshold')
                else None, **more)
            for name in others:
                if events[name].get('reset'):
                    group.run_on_event(name, events[name]['reset'])
        for name, unit in self.linked.items():
            other = brian2.NeuronGroup(1, f'{name} : {unit}', name='other*')
            setattr(group, name, brian2.linked_var(other, name))
        for event in events.values():
            self.unknown |= event.get('threshold') is None
        for operation in said.get('run_regularly') or []:
            if operation.get('code') is None:
                self.unknown = True
            elif operation['code'].strip():
                group.run_regularly(operation['code'])
        group.before_run({})
        for part in group.contained_objects:
            # (a method of GSL needs GSL's code; a custom one has no name)
            if isinstance(part, StateUpdater) and (
                    method is None or method.startswith('gsl')):
                continue
            part.before_run({})


def dimension(dims):
    return get_or_create_dimension([float(power) for power in dims])


def unit_text(dims):
    return '*'.join(f'{base}**{power:g}' for base, power
                    in zip(BASES, dims) if power) or '1'


def other_functions(true, texts):
    """{name: number of arguments} of what is not Brian2's own."""
    names = set()
    for name, function in true['functions'].items():
        if function['kind'] != 'brian':
            names |= {name, function['cpp_name'].lstrip('_')}
    found = {}
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and node.func.id in names:
                found[node.func.id] = len(node.args)
    return found


def stand_in(count, returns):
    """A function of arguments of any unit."""
    return Function(lambda *arguments: 0.0, arg_units=[None] * count,
                    return_unit=get_unit(dimension(returns)),
                    stateless=True)


def without_underscores(said, true):
    """What the C++ calls `_timedarray` has a name that no script may use."""
    names = {function['cpp_name'] for function in true['functions'].values()
             if function['cpp_name'].startswith('_')}
    if not names:
        return said
    return json.loads(re.sub(r'\b(%s)\(' % '|'.join(sorted(names)),
                             lambda match: match[0].lstrip('_'),
                             json.dumps(said)))


def judge(true, said, numbers):
    """(field, why) of one group; `numbers` tells whether constants are written
    as numbers in it."""
    if not said:
        return 'absent', ''
    said = without_underscores(said, true)
    functions = other_functions(
        true, score.Group(true, said, '', {}).expressions())
    errors = []
    for returns in candidates(true, functions):
        try:
            rebuilt = Rebuilt(true, said, functions, returns)
            rebuilt.check()
        except Exception as error:  # whatever Brian2 may raise
            errors.append(error)
            continue
        return ('functions' if functions else 'unknown'
                if rebuilt.unknown else 'accepted'), ''
    if all(map(is_about_units, errors)):
        if numbers:
            return 'literal', ''
        if has_zero_of_unknown_unit(said):
            return 'zero', ''
    return 'refused', ' '.join(reasons(errors[-1]).split())


def candidates(true, functions):
    """Dimensions that functions of nobody knows what may return: those of the
    group's variables and constants, and their products and quotients."""
    found = {ONE, SECOND} | {tuple(eq['dimensions'])
                             for eq in true['equations'].values()}
    for entry in true['identifiers'].values():
        found.add(tuple(algebra.dimensions(entry.get('unit', '1')) or ONE))
    products = {tuple(a + sign * b for a, b in zip(one, other))
                for one in found for other in found for sign in (1, -1)}
    found = sorted(found) + sorted(products - found)
    return itertools.islice(
        itertools.product(found, repeat=len(functions)), MOST)


def has_zero_of_unknown_unit(said):
    """`x = 0` or `x > 0` stays where the unit of x is unknown (null)."""
    unknown = {name for key in ('equations', 'identifiers')
               for name, entry in said[key].items()
               if entry.get('unit', '') is None}
    texts = [f'{name} = {eq["expr"]}' for name, eq
             in said['equations'].items() if eq.get('expr')]
    for event in (said.get('events') or {}).values():
        texts += (event.get('reset') or '').split('\n')
        texts.append(event.get('threshold') or '')
    for operation in said.get('run_regularly') or []:
        texts += (operation.get('code') or '').split('\n')
    return any(re.search(r'(?<![\w.*/(-])0(?![\w.*])', text)
               and unknown & set(re.findall(r'\w+', text)) for text in texts)


def is_about_units(error):
    while error is not None:
        if isinstance(error, DimensionMismatchError):
            return True
        error = error.__cause__
    return False


def reasons(error):
    texts = []
    while error is not None:
        texts.append(f'{type(error).__name__}: {error}')
        error = error.__cause__
    return ' <- '.join(texts)


def holds_numbers(pointer, evidence):
    """The tool's own word that numbers may have been quantities."""
    return any(where.startswith(pointer)
               and ('in place of their names' in known.get('because', '')
                    or 'named constants' in known.get('because', ''))
               for where, known in evidence.items())


def read(task):
    """(project, counts, lines)."""
    tool, name, folder = task
    truth, output = score.read_project(tool, folder)
    evidence = output.get('evidence') or {}
    runs = output.get('runs') or []
    counts, lines, seen = collections.Counter(), [], set()
    for k, run in enumerate(truth['runs']):
        components = (runs[k] if k < len(runs) else {}).get('components') or {}
        said = {group['name']: (group, f'/runs/{k}/components/{kind}/{index}/')
                for kind in ('neurongroup', 'spatialneuron')
                for index, group in enumerate(components.get(kind) or [])}
        for true in run['groups'] + run.get('spatialneurons', []):
            group, pointer = said.get(true['name'], ({}, '/none/'))
            fingerprint = json.dumps([true, group], sort_keys=True)
            if fingerprint in seen:
                continue
            seen.add(fingerprint)
            field, why = judge(true, group, holds_numbers(pointer, evidence))
            counts[field] += 1
            if field == 'refused':
                lines.append(f'{name} run {k} {true["name"]}: {why}')
    return name, counts, lines


def main():
    parser = score.argument_parser(__doc__)
    arguments = parser.parse_args()
    brian2.prefs.codegen.target = 'numpy'
    brian2.BrianLogger.suppress_hierarchy('brian2')
    logging.disable(logging.WARNING)
    np.seterr(all='ignore')
    RuntimeDevice.code_object = never_generate
    tasks = score.tasks_of(arguments.tool, arguments.corpus, arguments.only)
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(read, tasks, chunksize=1)
    counts = score.print_outcomes(results, FIELDS)
    score.write_outcomes(arguments.json, results, counts,
                         sum(counts.values()) - counts['refused'],
                         counts['refused'])
    return 1 if counts['refused'] else 0


if __name__ == '__main__':
    sys.exit(main())
