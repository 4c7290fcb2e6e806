#!/usr/bin/python3
"""How readable are the equations? Operations of the text that brian2lift
prints over those of the author's own text.

    readability.py --tool BRIAN2LIFT --corpus DIR [--json FILE] [-j N]
                   [--list N] [--record]

Every distinct differential equation of the corpus counts once.  On both sides
subexpressions are substituted first, so that naming a term neither helps nor
hurts.  An operation is an arithmetic, comparison or logical operator, a sign
or a call.  Literals with more than six digits that the author did not write
are listed, too.  Projects are split in two halves by a checksum of their
names: rules are made on the first one and have to hold on the other.  Exit
status 1 when a figure is worse than `readability.json` says.
"""
import ast
import json
import multiprocessing
import os
import sys
import zlib

import score

FIGURES = os.path.join(score.HERE, 'readability.json')
HALVES = ('first half', 'second half', 'all')


class Substitution(ast.NodeTransformer):
    """Replaces the names of subexpressions by their expressions."""

    def __init__(self, expressions):
        self.expressions = expressions

    def visit_Name(self, node):
        if node.id in self.expressions:
            return self.visit(parsed(self.expressions[node.id]))
        return node


def parsed(text):
    return ast.parse(text.strip().replace('\n', ' '), mode='eval').body


def substituted(text, expressions):
    return Substitution(expressions).visit(parsed(text))


def operations(tree):
    """Operators, signs and calls; a number's own sign is none."""
    count = 0
    for node in ast.walk(tree):
        if isinstance(node, (ast.BinOp, ast.Call)):
            count += 1
        elif isinstance(node, ast.UnaryOp):
            count += 1
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.Compare):
            count += len(node.ops)
    return count


def significant(value):
    """The significant digits of a literal, as text."""
    digits = repr(float(value)).split('e')[0].lstrip('-')
    return digits.replace('.', '').strip('0')


def long_literals(tree):
    return {significant(node.value) for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, (int, float))
            and len(significant(node.value)) > 6}


def same_literal(one, other):
    """Generators print fifteen digits of a number that has more."""
    shared = min(len(one), len(other), 15) - 1
    return one[:shared] == other[:shared]


def subexpressions(equations):
    return {name: eq['expr'] for name, eq in equations.items()
            if isinstance(eq, dict) and eq.get('type') == 'subexpression'
            and eq.get('expr') and 'constant over dt' not in eq.get('flags', [])}


def equations_of(task):
    """(project, group, name, author's tree, printed tree or None)."""
    tool, name, folder = task
    truth, output = score.read_project(tool, folder)
    found = []
    for run, said_run in zip(truth['runs'], output.get('runs') or []):
        components = said_run.get('components') or {}
        said_groups = {said['name']: said
                       for kind in ('neurongroup', 'spatialneuron')
                       for said in components.get(kind) or []}
        for group in run['groups'] + run['spatialneurons']:
            said = said_groups.get(group['name'], {}).get('equations') or {}
            authors = subexpressions(group['equations'])
            printed = subexpressions(said)
            for variable, eq in group['equations'].items():
                if eq['type'] != 'differential equation':
                    continue
                text = (said.get(variable) or {}).get('expr')
                own = substituted(eq['expr'], authors)
                ours = substituted(text, printed) if text else None
                found.append((name, group['name'], variable, own, ours))
    return found


def distinct(lists):
    """One dictionary for each distinct equation of the author."""
    seen = set()
    for project, group, variable, own, ours in (
            entry for found in lists for entry in found):
        key = (variable, ast.dump(own))
        if key in seen or ours is None:
            continue
        seen.add(key)
        known = long_literals(own)
        yield {'project': project, 'group': group, 'variable': variable,
               'own': ast.unparse(own), 'ours': ast.unparse(ours),
               # an author's equation without an operation is `dx/dt = y`
               'ratio': max(operations(ours), 1) / max(operations(own), 1),
               'long': sorted(
                   literal for literal in long_literals(ours)
                   if not any(same_literal(literal, other)
                              for other in known)),
               'half': zlib.crc32(project.encode()) % 2}


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def figures_of(entries):
    ratios = [entry['ratio'] for entry in entries]
    return {'equations': len(ratios), 'median': quantile(ratios, 0.5),
            '90th': quantile(ratios, 0.9), '95th': quantile(ratios, 0.95),
            'worst': max(ratios),
            'long literals': sum(bool(entry['long']) for entry in entries)}


def main():
    parser = score.argument_parser(__doc__)
    parser.add_argument('--list', type=int, default=0, metavar='N',
                        help='print the N worst equations')
    parser.add_argument('--half', type=int, choices=(0, 1),
                        help='list those of one half only')
    parser.add_argument('--record', action='store_true')
    arguments = parser.parse_args()
    tasks = score.tasks_of(arguments.tool, arguments.corpus, arguments.only)
    with multiprocessing.Pool(arguments.jobs) as pool:
        entries = list(distinct(pool.map(equations_of, tasks, chunksize=1)))
    for entry in sorted(entries, key=lambda entry: -entry['ratio'])[
            :arguments.list]:
        if arguments.half in (None, entry['half']):
            print(f'{entry["ratio"]:5.2f} {entry["project"]} '
                  f'{entry["variable"]}\n      {entry["own"]}\n'
                  f'      {entry["ours"]}')
    figures = {}
    print(f'{"":14}equations  median    90th    95th   worst  long literals')
    for half in HALVES:
        chosen = [entry for entry in entries
                  if half == 'all' or HALVES[entry['half']] == half]
        if chosen:
            figures[half] = row = figures_of(chosen)
            print(f'{half:14}{row["equations"]:9}' + ''.join(
                f'{row[key]:8.3f}' for key in
                ('median', '90th', '95th', 'worst'))
                + f'{row["long literals"]:15}')
    failed = [f'{half} {key}: {value:.3f}, recorded is {recorded[half][key]:.3f}'
              for recorded in [load(FIGURES)] for half in figures
              for key, value in figures[half].items()
              if half in recorded and key != 'equations'
              and value > recorded[half][key] + 5e-4]
    whole = arguments.only == '*'
    if arguments.record and whole:
        with open(FIGURES, 'w') as stream:
            json.dump(figures, stream, indent=1)
            stream.write('\n')
    elif whole:
        for line in failed:
            print(f'WORSE {line}')
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'figures': figures, 'passed': len(figures) * 5
                       - len(failed), 'failed': len(failed),
                       'equations': entries}, stream, indent=1)
    return 1 if failed and whole and not arguments.record else 0


def load(path):
    if not os.path.exists(path):
        return {}
    with open(path) as stream:
        return json.load(stream)


if __name__ == '__main__':
    sys.exit(main())
