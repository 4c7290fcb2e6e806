#!/usr/bin/python3
"""Score brian2lift on the corpus: its JSON against the truth.

    score.py --tool BRIAN2LIFT --corpus DIR [--only PATTERN] [--json FILE]
             [-j N] [--record] [--quiet]

Every field of every group is compared by meaning (see algebra.py), never by
text.  Each miss is a line; a table of hits, nulls (the tool says it does not
know) and wrong answers ends the output.  Exit status 1 when a figure is worse
than `figures.json` says; `--record` writes that file anew.
"""
import argparse
import collections
import fnmatch
import json
import multiprocessing
import os
import re
import subprocess
import sys
import time

import numpy as np

import algebra
import spatial
from algebra import Scope, Unknown

HERE = os.path.dirname(os.path.abspath(__file__))
FIGURES = os.path.join(HERE, 'figures.json')
TIMEOUT = 60  # seconds for one project

#: What each figure counts, in the order of the table.
FIELDS = {
    'tool': 'projects with exit status 0 and JSON',
    'stderr': 'projects without noise on stderr',
    'generator': 'devices, precisions, versions in the range that is said',
    'runs': 'projects with the right number of runs',
    'duration': 'runs of the right duration',
    'group': 'groups found',
    'N': 'sizes',
    'clock': 'clocks: dt (exactly) and name',
    'method': 'methods really used',
    'method_checked': 'true methods among those that pass the check',
    'equation': 'differential equations',
    'constant_over_dt': 'subexpressions constant over dt',
    'subexpression': 'other subexpressions (null: not printed)',
    'parameter': 'parameters found',
    'type': 'types of variables',
    'dtype': 'dtypes of variables',
    'flags': 'flags of variables, but for',
    'constant': 'the flag constant: C++ only shows that nothing writes',
    'unit': 'units of variables',
    'identifier': 'constants that are needed, exact values',
    'identifier_unit': 'units of constants',
    'closed': 'groups whose expressions use known names only',
    'event': 'events found',
    'threshold': 'thresholds',
    'reset': 'resets and other event code',
    'refractory': 'refractory terms',
    'run_regularly': 'run_regularly operations: code, dt, slot',
    'invented': 'groups in which nothing is invented',
    'Im': 'membrane currents, with all point currents',
    'Cm': 'specific capacitances (right: null where a data file has them)',
    'Ri': 'intracellular resistivities',
    'threshold_location': 'compartments of thresholds',
    'morphology': 'sections; arrays of the morphology: size and unit',
}
HIT, NULL, WRONG = 'hit', 'null', 'wrong'


class Report:
    """Collects (field, outcome) pairs and a line for each miss."""

    def __init__(self, project):
        self.project = project
        self.where = ''
        self.section = ''  # of the figures: '' or 'spatial:'
        self.outcomes = []
        self.misses = []
        self.places = {}  # {(where, field, name): outcome} of what is no hit

    def add(self, field, outcome, what='', expected=None, got=None):
        self.outcomes.append((self.section + field, outcome))
        if outcome != HIT:
            place = (self.where, field, what.split(' (')[0])
            self.places[place] = outcome
        if outcome != HIT:
            self.misses.append(
                f'{self.project} {self.where} {field} {outcome}: {what}'
                f' expected {shorten(expected)} got {shorten(got)}')

    def same(self, field, expected, got, what=''):
        """A plain value: equal, null or wrong."""
        outcome = (HIT if expected == got and type(expected) is not bool
                   or expected is got else NULL if got is None else WRONG)
        self.add(field, outcome, what, expected, got)


def shorten(value, limit=240):
    text = value if isinstance(value, str) else json.dumps(value)
    text = ' '.join(text.split())
    return text if len(text) <= limit else text[:limit] + '...'


def number(value):
    """A JSON number, or the text of one that JSON does not have."""
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return None
    return value


class Group:
    """One group: the truth, what the tool says, and how to evaluate both."""

    def __init__(self, true, said, pointer, evidence, single_precision=False,
                 inlined=False):
        self.true, self.said = true, said
        self.pointer, self.evidence = pointer, evidence
        self.single_precision = single_precision
        self.inlined = inlined
        self.equations = true['equations']
        self.said_equations = said.get('equations') or {}
        self.kinds = {name: eq['dtype'] for name, eq in self.equations.items()
                      if self.is_variable(eq)}
        self.functions = {}
        for name, function in true['functions'].items():
            if function['kind'] != 'brian':
                self.functions[name] = function['cpp_name']
                self.functions[function['cpp_name']] = function['cpp_name']
                bare = function['cpp_name'].lstrip('_')
                self.functions[bare] = function['cpp_name']
        self.constants = {name: number(entry['value_si'])
                          for name, entry in true['identifiers'].items()}
        self.points = [self._points(seed) for seed in (1, 2)]
        said_constants = {
            name: number(entry.get('value_si'))
            for name, entry in (said.get('identifiers') or {}).items()
            if number((entry or {}).get('value_si')) is not None}
        said_constants.update(self.constants)
        substituted = {name: eq['expr_substituted']
                       for name, eq in self.equations.items()
                       if eq['type'] == 'subexpression'
                       and name not in self.kinds}
        printed = {name: eq['expr'] for name, eq in self.said_equations.items()
                   if isinstance(eq, dict) and eq.get('expr')
                   and eq.get('type') == 'subexpression'
                   and name not in self.kinds}
        self.true_scope = Scope(self.points[0], self.constants, substituted,
                                self.functions)
        self.said_scope = Scope(self.points[0], said_constants, printed,
                                self.functions, units=False)

    @staticmethod
    def is_variable(eq):
        """Whether the value lives in an array: not a plain subexpression."""
        return (eq['type'] != 'subexpression'
                or 'constant over dt' in eq.get('flags', []))

    def _points(self, seed):
        variables = {name: (eq['dtype'], eq['dimensions'])
                     for name, eq in self.equations.items()
                     if self.is_variable(eq)}
        own = spatial.own_variables(self.true)
        variables = {**own, **variables}
        second = [0, 0, 1, 0, 0, 0, 0]
        for name in ('t', 'dt', 'lastspike'):
            variables[name] = ('float', second)
        variables['not_refractory'] = ('boolean', None)
        noise = {xi for eq in self.equations.values()
                 for xi in eq.get('noise', {})}
        for xi in noise:
            variables[xi] = ('float', [0, 0, -0.5, 0, 0, 0, 0])
        points = algebra.points_for(variables, seed)
        for name in {'t', *own} - {'v'}:
            points[name] = np.abs(points[name])
        size = self.true['N']
        points['i'] = np.arange(algebra.POINTS) % size * 1.0
        points['N'] = np.full(algebra.POINTS, float(size))
        points['dt'] = np.abs(points['dt'])
        return points

    def expressions(self):
        """Every expression and statement the tool prints for this group."""
        for eq in self.said_equations.values():
            if isinstance(eq, dict) and eq.get('expr'):
                yield eq['expr']
        for event in (self.said.get('events') or {}).values():
            for key in ('threshold', 'reset', 'refractory'):
                text = (event or {}).get(key)
                if isinstance(text, str) and algebra.quantity(text) is None:
                    yield text
        for operation in self.said.get('run_regularly') or []:
            if operation.get('code'):
                yield operation['code']

    def same_expression(self, expected, got):
        """None, or why the two are not the same."""
        true = self.true_scope.evaluate(expected)
        try:
            why = algebra.compare(true, self.said_scope.evaluate(got))
            for comparison in [] if why else algebra.comparisons_in(expected):
                for points, telling, _ in algebra.borders(
                        condition_of(self.true_scope, comparison),
                        *self.points):
                    true, said = [scope.with_points(points).evaluate(text)
                                  for scope, text in
                                  ((self.true_scope, expected),
                                   (self.said_scope, got))]
                    if algebra.differ(true, said, telling):
                        why = f'jumps elsewhere than at {comparison}'
            return why
        except Unknown as error:
            return str(error)

    def same_condition(self, expected, got, units=False):
        self.said_scope.units = units
        try:
            return algebra.compare_conditions(
                condition_of(self.true_scope, expected),
                condition_of(self.said_scope, got), *self.points)
        except Unknown as error:
            return str(error)
        finally:
            self.said_scope.units = False

    def same_code(self, expected, got):
        """Both blocks of statements, executed on the same states."""
        true = self.true_scope.with_points(self.points[0])
        said = self.said_scope.with_points(self.points[0])
        true.execute(expected, self.kinds)
        try:
            said.execute(got, self.kinds)
            for name in self.kinds:
                why = algebra.compare(true.values[name], said.values[name])
                if why and (why.startswith('differs')
                            or name in algebra.names_in(expected)[0]):
                    return f'{name} {why}'
        except Unknown as error:
            return str(error)
        return None


def condition_of(scope, text):
    """A boolean expression as a function of points."""
    def at(points):
        value, _ = scope.with_points(points).evaluate(text)
        return np.asarray(value) != 0
    return at


def score_group(report, group):
    """All fields of one group."""
    true, said = group.true, group.said
    report.same('N', true['N'], said.get('N'))
    score_clock(report, true['clock'], said.get('clock') or {})
    score_method(report, group)
    for name, eq in true['equations'].items():
        score_equation(report, group, name, eq)
    score_identifiers(report, group)
    score_events(report, group)
    score_run_regularly(report, group)
    if spatial.is_spatial(true):
        spatial.score_cable(report, group)
    if said:
        score_closed(report, group)
        score_invented(report, group)


def score_clock(report, true, said):
    dt = said.get('dt')
    value = None if dt is None else algebra.quantity(str(dt))
    if dt is None or said.get('name') is None:
        report.add('clock', NULL, '', true, said)
        return
    # the text holds 9 digits; an exact dt_si is compared exactly
    right = (abs(value - true['dt_si']) <= 1e-8 * true['dt_si']
             if value is not None else False)
    if 'dt_si' in said:
        right = right and said['dt_si'] == true['dt_si']
    right = right and said['name'] == true['name']
    report.add('clock', HIT if right else WRONG, '', true, said)


def score_method(report, group):
    """A custom state updater has no name that the C++ could tell; it may be
    reported as a known method only where the code is the same.  Where the tool
    itself says that another method makes the same code, a miss is a null."""
    true, said = group.true['method'], group.said.get('method')
    if true != 'custom':
        known = group.evidence.get(f'{group.pointer}/method') or {}
        unsure = (known.get('status') == 'ambiguous'
                  and true in known.get('alternatives', []))
        outcome = (HIT if said == true else NULL if said is None or unsure
                   else WRONG)
        report.add('method', outcome, '', true, said)
    if true is None or true == 'custom':
        return
    checked = None
    for name, eq in group.equations.items():
        pointer = f'{group.pointer}/equations/{name}/expr'
        check = (group.evidence.get(pointer) or {}).get('check') or {}
        if eq['type'] == 'differential equation' and 'methods' in check:
            methods = set(check['methods'])
            checked = methods if checked is None else checked & methods
    if checked is not None:
        report.add('method_checked', HIT if true in checked else WRONG, '',
                   true, sorted(checked))


def score_equation(report, group, name, true):
    """One variable: its expression where it has one, and what it is."""
    said = group.said_equations.get(name)
    said = said if isinstance(said, dict) else {}
    expr = said.get('expr')
    is_current = name == 'Im' and spatial.is_spatial(group.true)
    field = ('Im' if is_current else
             'equation' if true['type'] == 'differential equation' else
             'parameter' if true['type'] == 'parameter' else
             'constant_over_dt' if name in group.kinds else 'subexpression')
    if field == 'parameter':
        report.add(field, HIT if said else NULL, name, true, said)
    elif expr is None:
        report.add(field, NULL, name, true['expr'], None)
    else:
        expected = true['expr_substituted']
        if is_current:
            expected = group.true['membrane']['Im_substituted']
            expr = spatial.said_current(group.said)
        why = group.same_expression(expected, expr)
        # The usual name of a part may be the author's name of another part:
        # it is an assumption, and the equation that uses it counts.
        is_usual = (field == 'subexpression' and why and
                    is_assumed(group, f'equations/{name}/expr'))
        report.add(field, NULL if is_usual else WRONG if why else HIT,
                   f'{name} ({why})', expected, expr)
    if not said:
        return
    report.same('type', true['type'], said.get('type'), name)
    report.same('dtype', true['dtype'], said.get('dtype'), name)
    flags = [spatial.without_point_currents(group.true, name,
                                            set(eq.get('flags') or []))
             for eq in (true, said)]
    report.same('flags', *[sorted(each - {'constant'}) for each in flags],
                name)
    if true['type'] == 'parameter':
        report.same('constant', *['constant' if 'constant' in each else '-'
                                  for each in flags], name)
    score_unit(report, 'unit', name, true['unit'], said.get('unit'))


def score_unit(report, field, name, true, said):
    """Brian2 has several notations for one unit: the dimension counts.  A
    pure number is `rad` or `1`, or (a constant) has no unit."""
    if said is None:
        outcome = NULL
    else:
        expected = algebra.dimensions(true)
        right = (true == said if expected is None else
                 expected == algebra.dimensions(said))
        outcome = HIT if right else WRONG
    report.add(field, outcome, name, true, said)


def needed_names(group):
    """The constants on which an equation or event of the group depends."""
    texts = [eq['expr_substituted'] for eq in group.equations.values()
             if 'expr_substituted' in eq and group.is_variable(eq)]
    for event in group.true['events'].values():
        texts += [event.get('threshold_substituted', ''),
                  event.get('refractory_substituted', ''),
                  event.get('reset', '')]
    texts += group.expressions()
    texts += [operation['code'] for operation
              in group.true.get('run_regularly', [])]
    # nothing depends on the unit of a zero
    texts = [re.sub(r'(?<![\w.])0\.?0*\s*\*\s*[A-Za-z_]\w*', '0', text)
             for text in texts]
    names = set().union(*[algebra.names_in(text)[0] for text in texts])
    return {name for name in names if name in group.constants
            and name not in ('pi', 'e', 'inf')}


def score_identifiers(report, group):
    said = group.said.get('identifiers') or {}
    for name in sorted(needed_names(group)):
        true = group.true['identifiers'][name]
        entry = said.get(name)
        if entry is None and group.inlined:
            continue  # the equations are compared by value
        if not isinstance(entry, dict) or entry.get('value_si') is None:
            report.add('identifier', NULL, name, true, entry)
            continue
        expected, got = number(true['value_si']), number(entry['value_si'])
        right = expected == got
        if group.single_precision and isinstance(expected, float):
            right = right or np.float32(expected) == np.float32(got)
        report.add('identifier', HIT if right else WRONG, name, true, entry)
        score_identifier_unit(report, name, true, entry)


def score_identifier_unit(report, name, true, entry):
    if 'unit' in true:
        score_unit(report, 'identifier_unit', name, true['unit'],
                   entry.get('unit'))
        return
    report.add('identifier_unit', WRONG if entry.get('unit', 'rad')
               not in ('rad', '1', None) else NULL
               if 'unit' in entry and entry['unit'] is None else HIT,
               name, None, entry.get('unit', 'absent'))


def score_closed(report, group):
    """Every name in what the tool prints is explained there."""
    said = group.said.get('identifiers') or {}
    known = (set(group.points[0]) | set(said) | set(group.said_equations)
             | set(algebra.CONSTANTS) | algebra.UNSCALED)
    unknown = set()
    for text in group.expressions():
        names, _ = algebra.names_in(text)
        unknown |= names - known - assigned(text)
    report.add('closed', WRONG if unknown else HIT, '', [], sorted(unknown))


def assigned(code):
    """The temporary variables of a block of statements."""
    return {statement.split('=')[0].strip(' +-*/%')
            for statement in algebra.statements(code) if '=' in statement}


def score_events(report, group):
    said_events = group.said.get('events') or {}
    for name, true in group.true['events'].items():
        said = said_events.get(name)
        report.add('event', NULL if said is None else HIT, name)
        said = said or {}
        if 'threshold' in true:
            text = spatial.said_threshold(group.said, name,
                                          said.get('threshold'))
            why = text and group.same_condition(true['threshold_substituted'],
                                                text)
            report.add('threshold', NULL if not text else WRONG if why
                       else HIT, f'{name} ({why})', true['threshold'], text)
        code = said.get('reset')
        if (true.get('reset') or '').strip():
            why = code and group.same_code(true['reset'], code)
            report.add('reset', NULL if not code else WRONG if why else HIT,
                       f'{name} ({why})', true['reset'], code)
        elif code and code.strip():
            report.add('reset', WRONG, name, '', code)
        score_refractory(report, group, name, true, said.get('refractory'))


def score_refractory(report, group, name, true, said):
    if 'refractory' not in true:
        if said not in (None, False, 'False'):
            report.add('refractory', WRONG, name, None, said)
        return
    if said is None:
        report.add('refractory', NULL, name, true['refractory'], None)
        return
    said = str(said)
    if 'threshold' not in true and algebra.quantity(true['refractory']):
        # of a group that never spikes the truth has the text alone
        time = algebra.quantity(true['refractory'])
        true = dict(true, refractory_si=time, refractory_6=time)
    if 'refractory_si' in true:
        value = algebra.quantity(said)
        if value is None:
            try:
                group.said_scope.units = True
                value = float(group.said_scope.evaluate(said)[0][0])
            except Unknown:
                pass
            group.said_scope.units = False
        right = value is not None and any(
            abs(value - wanted) <= 1e-8 * abs(wanted)
            for wanted in (true['refractory_si'], true['refractory_6']))
        report.add('refractory', HIT if right else WRONG, name,
                   true['refractory'], said)
        return
    expected = true.get('refractory_substituted', true['refractory'])
    if np.asarray(group.true_scope.evaluate(expected)[0]).dtype == bool:
        why = group.same_condition(expected, said, units=True)
    else:
        if algebra.quantity(said) is not None:
            said = repr(algebra.quantity(said))
        group.said_scope.units = True
        why = group.same_expression(expected, said)
        group.said_scope.units = False
    report.add('refractory', WRONG if why else HIT, f'{name} ({why})',
               true['refractory'], said)


def score_run_regularly(report, group):
    said = {operation.get('name'): operation
            for operation in group.said.get('run_regularly') or []}
    for true in group.true.get('run_regularly', []):
        if not true['active']:
            continue
        got = said.pop(true['name'], None)
        if got is None or got.get('code') is None:
            report.add('run_regularly', NULL, true['name'], true['code'], got)
            continue
        why = group.same_code(true['code'], got['code'])
        dt = algebra.quantity(str(got.get('dt')))
        if not why and (dt is None or
                        abs(dt - true['dt_si']) > 1e-8 * true['dt_si']):
            why = 'dt'
        for key in ('when', 'order'):
            if not why and got.get(key, true[key]) != true[key]:
                why = key
        report.add('run_regularly', WRONG if why else HIT,
                   f'{true["name"]} ({why})', true, got)
    for name, operation in said.items():
        report.add('run_regularly', WRONG, f'{name} (invented)', None,
                   operation)


def is_assumed(group, path):
    known = group.evidence.get(f'{group.pointer}/{path}') or {}
    return known.get('status') == 'assumed'


def score_invented(report, group):
    said = group.said
    # (a part of an equation may have a usual name that is marked as assumed)
    invented = [f'variable {name}' for name, eq in group.said_equations.items()
                if name not in group.equations
                and not (isinstance(eq, dict)
                         and eq.get('type') == 'subexpression'
                         and is_assumed(group, f'equations/{name}/expr'))]
    invented += [f'constant {name}' for name in said.get('identifiers') or {}
                 if name not in group.constants
                 and name not in algebra.CONSTANTS]  # exp(x) is e**x
    invented += [f'event {name}' for name in said.get('events') or {}
                 if name not in group.true['events']]
    report.add('invented', WRONG if invented else HIT, '', [], invented)


def inlines_constants(truth):
    """Whether this generator writes the values of constants in place of their
    names: Brian2 until 2.4.2, but not Brian2GeNN."""
    if truth.get('device') == 'genn':
        return False
    version = tuple(int(number) for number
                    in re.findall(r'\d+', truth['brian2'])[:2])
    return version < (2, 5)


def version_key(text):
    """Versions in order: 1.0a7 < 1.0b1 < 1.0 < 1.0.1."""
    parts = re.findall(r'\d+|[a-z]+', text)
    return [(2, int(part), '') if part.isdigit() else (0, 0, part)
            for part in parts] + [(1, 0, '')]


def in_range(version, said):
    """Whether `said`, such as `>=2.9,<2.10`, holds this version."""
    for bound in said.split(','):
        operator, limit = re.fullmatch(r'(>=|<)([\w.]+)', bound).groups()
        if (version_key(version) < version_key(limit)) != (operator == '<'):
            return False
    return True


def score_generator(truth, said, report):
    """A range that is open on both sides is null."""
    report.same('generator', truth.get('device', 'cpp_standalone'),
                said.get('device'), 'device')
    report.same('generator', 'float' if truth.get('precision') == 'float32'
                else 'double', said.get('precision'), 'precision')
    for package in ('brian2', 'brian2genn', 'brian2cuda'):
        if package in truth:
            text = said.get(package)
            holds = text and in_range(truth[package], text)
            report.add('generator', HIT if holds else WRONG if text else NULL,
                       package, truth[package], text)


def score_project(name, truth, output, report):
    """The whole JSON of one project."""
    runs = output.get('runs') or []
    report.where = '-'
    score_generator(truth, output.get('generator') or {}, report)
    report.add('runs', HIT if len(runs) == len(truth['runs']) else WRONG, '',
               len(truth['runs']), len(runs))
    single = (output.get('generator') or {}).get('precision') == 'float'
    evidence = output.get('evidence') or {}
    inlined = inlines_constants(truth)
    seen = set()
    for k, true_run in enumerate(truth['runs']):
        run = runs[k] if k < len(runs) else {}
        report.where = f'run {k}'
        report.same('duration', true_run['duration_si'],
                    run.get('duration_si'))
        components = run.get('components') or {}
        said = {}
        for kind in ('neurongroup', 'spatialneuron'):
            for index, group in enumerate(components.get(kind) or []):
                said[group.get('name')] = (kind, index, group)
        for true in true_run['groups'] + true_run.get('spatialneurons', []):
            kind, index, group = said.pop(true['name'], (None, None, None))
            expected_kind = ('spatialneuron' if true['class'] ==
                             'SpatialNeuron' else 'neurongroup')
            # what several runs repeat counts once
            fingerprint = json.dumps([true, group], sort_keys=True)
            if fingerprint in seen:
                continue
            seen.add(fingerprint)
            report.where = f'run {k} {true["name"]}'
            report.section = 'spatial:' if spatial.is_spatial(true) else ''
            report.add('group', NULL if group is None else
                       HIT if kind == expected_kind else WRONG, '',
                       expected_kind, kind)
            pointer = f'/runs/{k}/components/{kind}/{index}'
            score_group(report, Group(true, group or {}, pointer, evidence,
                                      single, inlined))
        report.section = ''
        report.where = f'run {k}'
        for extra in set(said) - set(truth.get('created', [])):
            # (a group that does not run may be listed: C++ has its arrays)
            report.add('group', WRONG, 'invented', None, extra)


def run_tool(tool, project, *options):
    """(exit status, stdout, stderr) of the tool on one project."""
    try:
        done = subprocess.run([tool, project, *options], capture_output=True,
                              timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return None, b'', b''
    return done.returncode, done.stdout, done.stderr


def score_folder(tool, name, folder):
    """(report, seconds) for one project of a corpus."""
    report = Report(name)
    report.where = '-'
    with open(os.path.join(folder, 'truth.json')) as stream:
        truth = json.load(stream)
    started = time.monotonic()
    status, stdout, stderr = run_tool(tool, os.path.join(folder, 'project'))
    seconds = time.monotonic() - started
    output = {}
    try:
        output = json.loads(stdout)
    except ValueError:
        pass
    usable = isinstance(output, dict) and bool(output)
    report.add('tool', HIT if status == 0 and usable else WRONG, '', 0,
               f'exit status {status} {stderr.decode(errors="replace")}')
    report.add('stderr', WRONG if stderr.strip() else HIT, '', '',
               stderr.decode(errors='replace'))
    try:
        score_project(name, truth, output if usable else {}, report)
    except (AttributeError, TypeError, KeyError) as error:
        report.add('tool', WRONG, 'JSON of another shape', '', repr(error))
    return report, seconds


def tasks_of(tool, corpus, only='*'):
    """(tool, name, folder) of each project of a corpus that has a truth."""
    return [(os.path.abspath(tool), name, os.path.join(corpus, name))
            for name in sorted(os.listdir(corpus))
            if fnmatch.fnmatch(name, f'*{only}*') and os.path.exists(
                os.path.join(corpus, name, 'truth.json'))]


def read_project(tool, folder):
    """(truth, the tool's output) of one project; {} when there is none."""
    with open(os.path.join(folder, 'truth.json')) as stream:
        truth = json.load(stream)
    _, stdout, _ = run_tool(tool, os.path.join(folder, 'project'))
    try:
        return truth, json.loads(stdout)
    except ValueError:
        return truth, {}


def argument_parser(doc):
    """With the options that all measurements on a corpus have."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument('--tool', required=True)
    parser.add_argument('--corpus', required=True, metavar='DIR')
    parser.add_argument('--only', default='*', metavar='PATTERN')
    parser.add_argument('--json', metavar='FILE')
    parser.add_argument('-j', type=int, default=os.cpu_count(), dest='jobs')
    return parser


def print_outcomes(results, fields):
    """The lines of results that are (name, counts, lines), then each field with
    its count; {field: count}."""
    counts = sum((result[1] for result in results), collections.Counter())
    for result in results:
        for line in result[2]:
            print(line)
    for field, what in fields.items():
        print(f'{field:10} {counts[field]:5}  {what}')
    return counts


def write_outcomes(file, results, counts, passed, failed):
    """What tally.py sums up, when a file is given."""
    if not file:
        return
    with open(file, 'w') as stream:
        json.dump({'counts': counts, 'passed': passed, 'failed': failed,
                   'misses': [line for result in results for line in result[2]]},
                  stream, indent=1)
        stream.write('\n')


def score_one(task):
    """One project in a worker: (name, outcomes, misses, seconds)."""
    report, seconds = score_folder(*task)
    return report.project, report.outcomes, report.misses, seconds


def tally(results):
    """{kind: {field: {hit, null, wrong}}} for examples, models and both;
    neurons with compartments are counted by themselves."""
    counts = {kind: {field: collections.Counter() for field in FIELDS}
              for kind in ('examples', 'models', 'all', 'spatial')}
    for name, outcomes, _, _ in results:
        for field, outcome in outcomes:
            section, _, field = field.rpartition(':')
            for kind in [section] if section else [name.split('.')[0], 'all']:
                counts[kind][field][outcome] += 1
    return counts


def print_table(counts):
    print(f'{"":16}' + ''.join(f'{kind:>24}' for kind in counts))
    print(f'{"field":16}' + '  hits/total  null wrong' * len(counts))
    for field, what in FIELDS.items():
        line = f'{field:16}'
        for kind in counts:
            count = counts[kind][field]
            total = sum(count.values())
            line += (f'{count[HIT]:6}/{total:<6}{count[NULL]:5}'
                     f'{count[WRONG]:6} ')
        print(f'{line} {what}')


def figures_of(counts):
    """What `figures.json` records: ratios may not fall, wrong not rise."""
    figures = {}
    for kind, fields in counts.items():
        figures[kind] = {
            field: {'min_ratio': int(1e4 * count[HIT] / sum(count.values()))
                    / 1e4, 'max_wrong': count[WRONG]}
            for field, count in fields.items() if sum(count.values())}
    return figures


def worse_than(figures, counts):
    """Lines for the figures that fell below what is recorded."""
    for kind, fields in figures.items():
        for field, figure in fields.items():
            count = counts[kind].get(field, {})
            total = sum(count.values())
            ratio = count[HIT] / total if total else 0.0
            if ratio < figure['min_ratio']:
                yield (f'{kind} {field}: {ratio:.4f} of hits, recorded are '
                       f'{figure["min_ratio"]}')
            if total and count[WRONG] > figure['max_wrong']:
                yield (f'{kind} {field}: {count[WRONG]} wrong, recorded are '
                       f'{figure["max_wrong"]}')


def main():
    parser = argument_parser(__doc__)
    parser.add_argument('--record', action='store_true')
    parser.add_argument('--quiet', action='store_true', help='no misses')
    arguments = parser.parse_args()
    tasks = tasks_of(arguments.tool, arguments.corpus, arguments.only)
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(score_one, tasks, chunksize=1)
    if not arguments.quiet:
        for _, _, misses, _ in results:
            for miss in misses:
                print(miss)
    counts = tally(results)
    print_table(counts)
    slowest = max(results, key=lambda result: result[3], default=None)
    if slowest:
        total = sum(result[3] for result in results)
        print(f'{len(results)} projects; the tool took {total:.1f} s, '
              f'at most {slowest[3]:.2f} s ({slowest[0]})')
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'counts': counts, 'misses': [
                miss for result in results for miss in result[2]]},
                stream, indent=1)
    whole = arguments.only == '*'
    if arguments.record and whole:
        with open(FIGURES, 'w') as stream:
            json.dump(figures_of(counts), stream, indent=1, sort_keys=True)
            stream.write('\n')
    elif whole and os.path.exists(FIGURES):
        with open(FIGURES) as stream:
            worse = list(worse_than(json.load(stream), counts))
        for line in worse:
            print(f'WORSE {line}')
        return 1 if worse else 0
    return 0


if __name__ == '__main__':
    sys.exit(main())
