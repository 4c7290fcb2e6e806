#!/usr/bin/python3
"""Does the reading change when the code does?

    mutants.py --tool BRIAN2LIFT --corpus DIR [--only PATTERN] [--json FILE]
               [-j N] [--count N] [--seed N] [--list]

Changes one thing in a state updater, thresholder or resetter of a real project
(mutations.py), reads the project again, and compares.  A reading that stays as
it is has not been read from the code: a survivor, unless the mutant does the
same as the original, which is proved by running both on numbers (bodies.py).
And a reading that changes has to say what the mutant does, which is asked of
numbers as well (steps.py): if not, a wrong value was printed.

Prints a table by kind of mutation and a line for each survivor and each wrong
value.  Exit status 1 when there are more of them than `mutants.json` knows (for
this number of mutants; none for any other).  The mutants are drawn by lot, the same
for the same seed; each kind of mutation and each piece of code has its share.
"""
import collections
import json
import multiprocessing
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import numpy as np

import bodies
import mutations
import score
import steps
from algebra import Unknown

FIELDS = {
    'mutants': 'pieces of C++ that differ in one place',
    'changed': 'of these, the reading says something else',
    'null': 'a value is no longer given, with a diagnostic or the reason',
    'equivalent': 'the reading stays: the mutant does the same, by evaluation',
    'survivors': 'the reading stays, and the mutant does something else',
    'wrong': 'the reading changes to something that the mutant does not do',
    'checked': 'readings that were compared with the mutant on numbers',
}
KNOWN = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                     'mutants.json')
FUNCTION = re.compile(r'^void (_run_\w+)\(\)\s*(?=\{)', re.MULTILINE)
FILE = re.compile(r'((?:spatial)?stateupdater|thresholder|resetter)'
                  r'_codeobject(?:_\d+)?\.cpp')


def run_of(main, function):
    """The number of the first run that a function is added to."""
    run = 0
    with open(main) as stream:
        for line in stream:
            if re.search(rf'\b{function}\b\)', line):
                return run
            run += bool(re.search(r'\.run\(', line))
    return None


class Piece:
    """A function of a project, and what is said of its group."""

    def __init__(self, project, folder, file, group, role, event):
        self.project, self.folder, self.file = project, folder, file
        self.group, self.role, self.event = group, role, event
        with open(os.path.join(folder, 'project', 'code_objects',
                               file)) as stream:
            self.text = stream.read()
        self.start = FUNCTION.search(self.text).end()
        self.body = self.read(self.text)
        self.palette = bodies.numbers_in(self.body)
        self.parameters = bodies.parameters_of(self.text[:self.start])
        self.run = run_of(os.path.join(folder, 'project', 'main.cpp'),
                          FUNCTION.search(self.text)[1])

    def memory(self):
        return bodies.Memory(self.palette)

    def read(self, text):
        """The body.  What follows the first loop of a cable solver solves the
        linear system, which is not read (docs/WhyItIsHard.md)."""
        body = bodies.parse(text, self.start)
        if self.role == 'spatialstateupdater':
            first = next(k for k, part in enumerate(body.parts)
                         if part.kind == 'for')
            del body.parts[first + 1:]
            loop = body.parts[first].parts[3]
            loop.parts = [part for part in loop.parts if '_v_previous['
                          not in text[part.start:part.end]]
        return body


def pieces_of(project, folder):
    """(pieces, files that are not understood) of a project."""
    with open(os.path.join(folder, 'truth.json')) as stream:
        truth = json.load(stream)
    groups = {group['name'] for run in truth['runs']
              for group in run['groups'] + run.get('spatialneurons', [])}
    pieces, others = [], []
    for file in sorted(os.listdir(os.path.join(folder, 'project',
                                               'code_objects'))):
        owner = max((group for group in groups
                     if file.startswith(group + '_')), key=len, default=None)
        if owner is None:
            continue
        match = re.fullmatch(r'(?:(\w+)_)?' + FILE.pattern,
                             file[len(owner) + 1:])
        if match is None:
            continue
        try:
            pieces.append(Piece(project, folder, file, owner, match[2],
                                match[1] or 'spike'))
        except (bodies.Invalid, AttributeError) as error:
            others.append((project, file, str(error)))
    return pieces, others


def chosen(pieces, count, seed):
    """[(piece, site)]: pieces in turn, of each the kind that is rarest."""
    lots = random.Random(seed)
    used = collections.Counter()
    stock = {}
    for piece in pieces:
        sites = collections.defaultdict(list)
        for site in mutations.sites(piece.body, piece.text):
            sites[site.kind].append(site)
        for kind in sites:
            lots.shuffle(sites[kind])
        stock[piece] = sites
    result = []
    while len(result) < count and any(stock.values()):
        for piece in pieces:
            sites = stock[piece]
            if not sites or len(result) >= count:
                continue
            kind = min(sorted(sites), key=used.__getitem__)
            used[kind] += 1
            result.append((piece, sites[kind].pop()))
            if not sites[kind]:
                del sites[kind]
    return result


class Reading:
    """What the tool says: the model and what it complains about."""

    def __init__(self, tool, project):
        self.status, stdout, self.stderr = score.run_tool(tool, project)
        try:
            output = json.loads(stdout)
        except ValueError:
            output = {}
        self.runs = output.get('runs') or []
        self.evidence = output.get('evidence') or {}
        # What a variable is linked to is said there.
        self.reasons = {pointer: each.get('because')
                        for pointer, each in self.evidence.items()
                        if each.get('status') == 'recovered'}
        self.complaints = collections.Counter(
            (each['id'], each['message'])
            for each in output.get('diagnostics', []))

    def groups(self):
        """{(run, name): its JSON}"""
        return {(k, group.get('name')): group
                for k, run in enumerate(self.runs)
                for groups in (run.get('components') or {}).values()
                for group in groups}

    def has_no_method(self, pointer):
        """Whether this is the method of a group without equations."""
        if not pointer.endswith('/method'):
            return False
        place = {'runs': self.runs}
        for key in pointer.split('/')[1:-1]:
            place = place[int(key) if key.isdigit() else key]
        return not any(eq.get('type') == 'differential equation'
                       for eq in (place.get('equations') or {}).values())

    def nulls(self):
        """JSON pointers of what is not known."""
        found = set()

        def walk(value, pointer):
            if isinstance(value, dict):
                for key, part in value.items():
                    walk(part, f'{pointer}/{key}')
            elif isinstance(value, list):
                for k, part in enumerate(value):
                    walk(part, f'{pointer}/{k}')
            elif value is None:
                found.add(pointer)
        walk(self.runs, '/runs')
        return found


def does_the_same(piece, body, site):
    """Whether a mutant leaves behind what the original does."""
    outcomes = []
    for each, back in ((piece.body, lambda place: place), (body, site.back)):
        memory = piece.memory()
        outcomes.append((memory, bodies.run(
            each, memory, back=back, parameters=piece.parameters)))
    (one, loops), (other, loops_of_other) = outcomes
    if not one.written and not other.written:
        return True
    if loops != loops_of_other:
        return False
    telling = 0
    for array, index in sorted(one.written | other.written):
        a, b = (np.broadcast_to(each.read(array, index, 'float'),
                                bodies.POINTS) * np.longdouble(1)
                for each in (one, other))
        with np.errstate(all='ignore'):
            same = (a == b) | (np.isnan(a) & np.isnan(b)) | (
                np.abs(a - b) <= 1e-13 * np.maximum(np.abs(a), np.abs(b)))
        if not same.all():
            return False
        telling = max(telling, np.isfinite(a).sum())
    return telling >= 24


def wrong_in(piece, body, reading):
    """(problems, how many groups could be asked)"""
    group = reading.groups().get((piece.run, piece.group))
    if group is None:
        return [], 0
    try:
        return steps.problems(group, piece.role, piece.event, body,
                              steps.variables_of(piece.body),
                              piece.palette, piece.parameters), 1
    except (Unknown, bodies.Invalid):
        return [], 0


def judge(piece, site, before, tool, project):
    """(outcome, what to say) of one mutant."""
    text = site.apply(piece.text)
    try:
        body = piece.read(text)
        bodies.run(body, piece.memory(), back=site.back,
                   parameters=piece.parameters)
    except bodies.Invalid:
        return 'invalid', '', 0
    path = os.path.join(project, 'code_objects', piece.file)
    with open(path, 'w') as stream:
        stream.write(text)
    after = Reading(tool, project)
    with open(path, 'w') as stream:
        stream.write(piece.text)
    if after.status not in (0, 2):
        return 'survivors', f'exit status {after.status}', 0
    if (after.runs, after.reasons) == (before.runs, before.reasons):
        if does_the_same(piece, body, site):
            return 'equivalent', '', 0
        new = after.complaints - before.complaints
        return 'survivors', f'diagnostics {sorted(new)}' if new else '', 0
    found, asked = wrong_in(piece, body, after)
    # What the checker says of the original, too, is no news of the mutant.
    if found and not wrong_in(piece, piece.body, before)[0]:
        return 'wrong', '; '.join(found), asked
    asked -= bool(found)
    new_nulls = {each for each in after.nulls() - before.nulls()
                 if not after.has_no_method(each)}
    if new_nulls:
        if not after.complaints - before.complaints and not all(
                (after.evidence.get(each) or {}).get('because')
                for each in new_nulls):
            return 'survivors', f'no reason for null {sorted(new_nulls)}', asked
        return 'null', '', asked
    return 'changed', '', asked


def describe(piece, site, text):
    """Where and what, in one line."""
    start, end, new, *_ = site.edits[0]
    line = piece.text.count('\n', 0, start) + 1
    lines = site.apply(piece.text).split('\n')
    return (f'{piece.project} {piece.file}:{line} {site.kind}: '
            f'{piece.text[start:end]!r} -> {new!r} in '
            f'{" ".join(lines[line - 1].split())} {text}')


def read(task):
    """All mutants of one project: [(kind, outcome, asked, line)]"""
    tool, wanted = task
    results = []
    folder = tempfile.mkdtemp(prefix='mutants-')
    try:
        source = os.path.join(wanted[0][0].folder, 'project')
        project = os.path.join(folder, 'project')
        shutil.copytree(source, project, symlinks=True)
        before = Reading(tool, project)
        for piece, site in wanted:
            outcome, text, asked = judge(piece, site, before, tool, project)
            results.append((site.kind, outcome, asked,
                            describe(piece, site, text)))
    finally:
        shutil.rmtree(folder)
    return results


def table(results):
    counts = {kind: collections.Counter() for kind in mutations.KINDS}
    for kind, outcome, asked, _ in results:
        if outcome != 'invalid':
            counts[kind]['mutants'] += 1
            counts[kind][outcome] += 1
            counts[kind]['checked'] += asked
    counts['all'] = sum(counts.values(), collections.Counter())
    return counts


def main():
    parser = score.argument_parser(__doc__)
    parser.add_argument('--count', type=int, default=2300)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--list', action='store_true',
                        help='every mutant and what became of it')
    arguments = parser.parse_args()
    pieces, seen, others = [], set(), []
    for _, name, folder in score.tasks_of(arguments.tool, arguments.corpus,
                                          arguments.only):
        more, unknown = pieces_of(name, folder)
        others += unknown
        for piece in more:
            if piece.text[piece.start:] not in seen:
                seen.add(piece.text[piece.start:])
                pieces.append(piece)
    tasks = collections.defaultdict(list)
    for piece, site in chosen(pieces, arguments.count, arguments.seed):
        tasks[piece.project].append((piece, site))
    tool = os.path.abspath(arguments.tool)
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = [each for more in pool.imap(
            read, [(tool, wanted) for wanted in tasks.values()])
            for each in more]
    bad = [each for each in results if each[1] in ('survivors', 'wrong')]
    for kind, outcome, _, line in results if arguments.list else bad:
        print(f'{outcome}: {line}')
    counts = table(results)
    print(f'{"":18}' + ''.join(f'{field:>11}' for field in FIELDS))
    for kind, count in counts.items():
        print(f'{kind:18}' + ''.join(f'{count[field]:11}' for field in FIELDS))
    for field, what in FIELDS.items():
        print(f'{field:10} {what}')
    print(f'{len(pieces)} distinct functions; {len(others)} not understood')
    with open(KNOWN) as stream:
        known = json.load(stream).get(str(arguments.count), 0)
    failed = max(0, len(bad) - known)
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'counts': counts, 'functions': len(pieces),
                       'misses': [line for *_, line in bad],
                       'passed': counts['all']['mutants'] - len(bad),
                       'failed': failed}, stream, indent=1)
            stream.write('\n')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
