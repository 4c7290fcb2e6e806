#!/usr/bin/python3
"""Which subexpressions live on in the code, and which of these are printed?

    subexpressions.py --tool BRIAN2LIFT --corpus DIR [--only PATTERN]
                      [--json FILE] [-j N]
    subexpressions.py --tool BRIAN2LIFT --corpora DIR ...

Brian2 writes a subexpression's text into the state updater, where its name is
gone.  Other code computes it under its name: a threshold, a reset, a monitor
that records it, `G.v = 'x_inf'`, synapses that use it as `x_post`.  Whether a
name lives on is asked of the project's text, by regular expressions: this file
and the tool share nothing.

Prints how many live on, how many of these the tool prints rightly, and a line
for each that it does not.  Exit status 1 when one is missing or wrong.
`--corpora` reads all generators' corpora in DIR.
"""
import argparse
import collections
import fnmatch
import json
import multiprocessing
import os
import re
import sys

import score

#: A local that is computed, or computed anew.  In a model of Brian2GeNN code
#: stands in string literals.
LOCAL = re.compile(r'(?:^|[;{"])\s*(?:const\s+)?'
                   r'(?:(?:double|float|bool|char|u?int\w*|size_t|scalar)\s+)?'
                   r'(\w+) = ([^=;][^;]*);', re.MULTILINE)
#: What a population's code is called in a model of Brian2GeNN.
POPULATION = re.compile(r'^class (\w+?)(?:NEURON|WEIGHTUPDATE|POSTSYN)\b',
                        re.MULTILINE)

#: Objects whose code counts as that of a group.
PARTS = {'StateUpdater', 'SpatialStateUpdater', 'SubexpressionUpdater',
         'Thresholder', 'Resetter', 'CodeRunner', 'Subgroup',
         'SpatialSubgroup'}

FIELDS = {
    'surviving': 'subexpressions that the code computes under their names',
    'recovered': 'of these, printed and right',
    'missing': 'of these, not printed',
    'wrong': 'printed and not right',
    'inlined': 'subexpressions that are gone from the code',
    'extra': 'of these, printed and right all the same',
}


class Code:
    """One code object: whose it is and what it computes."""

    def __init__(self, name, text, owners):
        self.name, self.text = name, text
        self.locals = {}
        for local, value in LOCAL.findall(text):
            if not re.match(r'_ptr_array|_array|_dynamic|_static', value):
                self.locals.setdefault(local, value)
        self.owner = longest(owner for owner in owners
                             if name.startswith(owner + '_'))
        self.touched = {longest(owner for owner in owners
                                if rest.startswith(owner + '_'))
                        for rest in re.findall(r'_array_(\w+)', text)} - {None}

    def is_of(self, group):
        """A user may name an operation; then its arrays tell."""
        return (self.owner or longest(self.touched)) == group

    def holds(self, group, name, others):
        """Whether `name` of `group` is computed here."""
        if self.is_of(group) and name in self.locals:
            return True
        for local in self.locals:
            # a subexpression within one that comes from another object
            if local.startswith('_') and local.endswith(f'_{group}_{name}'):
                return True
            if local not in (name, f'{name}_pre', f'{name}_post',
                             f'_source_{name}'):
                continue
            # what it needs is copied to locals that say where it comes from
            needed = re.findall(rf'\b_{local}_(\w+)', self.text)
            if needed:
                if any(rest.startswith(group + '_') and longest(
                        other for other in others
                        if rest.startswith(other + '_')) == group
                        for rest in needed):
                    return True
            elif local.startswith('_source_') and group in self.touched:
                return True
        return False


def longest(names):
    return max(names, key=len, default=None)


def read_code(project, owners):
    """All code objects of a project."""
    for folder, _, files in os.walk(project):
        for file in sorted(files):
            stem, extension = os.path.splitext(file)
            if extension not in ('.cpp', '.cu'):
                continue
            with open(os.path.join(folder, file), errors='replace') as stream:
                text = stream.read()
            if os.path.basename(folder) == 'code_objects':
                yield Code(stem, text, owners)
            elif stem.endswith('_model'):
                text = text.replace('\\n', '\n')
                starts = list(POPULATION.finditer(text))
                for start, end in zip(starts, starts[1:] + [None]):
                    yield Code(start.group(1) + '_', text[
                        start.start():end.start() if end else None], owners)


def read(task):
    """(generator, project, counts, lines) of one project."""
    tool, generator, name, folder = task
    truth, output = score.read_project(tool, folder)
    project = os.path.join(folder, 'project')
    evidence = output.get('evidence') or {}
    said = {}
    for k, run in enumerate(output.get('runs') or []):
        components = run.get('components') or {}
        for kind in ('neurongroup', 'spatialneuron'):
            for index, group in enumerate(components.get(kind) or []):
                said[k, group['name']] = (
                    group, f'/runs/{k}/components/{kind}/{index}')
    owners = {each['name'] for run in truth['runs']
              for kind in ('groups', 'spatialneurons', 'others')
              for each in run.get(kind, []) if each['class'] not in PARTS}
    owners |= set(truth.get('created', []))
    codes = list(read_code(project, owners))
    outcomes, lines = {}, []
    for k, run in enumerate(truth['runs']):
        for true in run['groups'] + run.get('spatialneurons', []):
            group, pointer = said.get((k, true['name']), ({}, ''))
            linked = true.get('linked', {})
            compared = score.Group(true, group, pointer, evidence)
            for sub, eq in true['equations'].items():
                if (eq['type'] != 'subexpression' or sub in linked
                        or sub == 'Im' and score.spatial.is_spatial(true)):
                    continue
                where = [code.name for code in codes
                         if code.holds(true['name'], sub, owners)
                         and not is_linked(code, sub, run)]
                outcome, why = judge(compared, sub, eq)
                key = (true['name'], sub, eq['expr_substituted'])
                old = outcomes.get(key, (outcome, where))
                outcomes[key] = (worse(old[0], outcome), where)
                if outcome == 'wrong' or where and outcome == 'missing':
                    lines.append(f'{generator} {name} run {k} {true["name"]} '
                                 f'{sub} {outcome}: {why or eq["expr"]} '
                                 f'[{", ".join(where)}]')
    counts = collections.Counter()
    for outcome, where in outcomes.values():
        counts['surviving' if where else 'inlined'] += 1
        if outcome == 'wrong':
            counts['wrong'] += 1
        elif where:
            counts[outcome] += 1
        elif outcome == 'recovered':
            counts['extra'] += 1
    return generator, name, counts, lines


def is_linked(code, name, run):
    """Another group's own name for it, which may be any."""
    return any(group['name'] == code.owner and name in group.get('linked', {})
               for group in run['groups'] + run.get('spatialneurons', []))


def judge(compared, name, eq):
    said = compared.said_equations.get(name)
    # (a part of an equation may have a usual name that is marked as assumed)
    if (not isinstance(said, dict) or not said.get('expr')
            or score.is_assumed(compared, f'equations/{name}/expr')):
        return 'missing', ''
    if said.get('type') != 'subexpression':
        return 'wrong', f'type {said.get("type")}'
    why = compared.same_expression(eq['expr_substituted'], said['expr'])
    return ('wrong', why) if why else ('recovered', '')


def worse(one, other):
    order = ['wrong', 'missing', 'recovered']
    return min(one, other, key=order.index)


def projects(arguments):
    """(tool, generator, name, folder) of all that is to be read."""
    folders = [('debian', arguments.corpus)] if arguments.corpus else [
        (name, os.path.join(arguments.corpora, name))
        for name in sorted(os.listdir(arguments.corpora))]
    for generator, folder in folders:
        for name in sorted(os.listdir(folder)):
            project = os.path.join(folder, name)
            if (fnmatch.fnmatch(name, f'*{arguments.only}*')
                    and os.path.exists(os.path.join(project, 'truth.json'))):
                yield (os.path.abspath(arguments.tool), generator, name,
                       project)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--tool', required=True)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument('--corpus', metavar='DIR')
    where.add_argument('--corpora', metavar='DIR')
    parser.add_argument('--only', default='*', metavar='PATTERN')
    parser.add_argument('--json', metavar='FILE')
    parser.add_argument('-j', type=int, default=os.cpu_count(), dest='jobs')
    arguments = parser.parse_args()
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(read, list(projects(arguments)), chunksize=2)
    counts = collections.defaultdict(collections.Counter)
    for generator, _, count, lines in results:
        counts[generator].update(count)
        for line in lines:
            print(line)
    print(f'{"":16}' + ''.join(f'{field:>11}' for field in FIELDS))
    for generator, count in counts.items():
        print(f'{generator:16}'
              + ''.join(f'{count[field]:11}' for field in FIELDS))
    for field, what in FIELDS.items():
        print(f'{field:10} {what}')
    total = sum(counts.values(), collections.Counter())
    passed, failed = total['recovered'], total['missing'] + total['wrong']
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'counts': counts, 'passed': passed, 'failed': failed,
                       'misses': [line for result in results
                                  for line in result[3]]}, stream, indent=1)
            stream.write('\n')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
