#!/usr/bin/python3
"""Does the reading change when the code does?

    mutants.py --tool BRIAN2LIFT --corpus DIR [--corpora DIR] [--only PATTERN]
               [--json FILE] [-j N] [--count N] [--seed N] [--list]

Changes one thing in a state updater, thresholder or resetter of a real project
(mutations.py), reads the project again, and compares.  A reading that stays as
it is has not been read from the code: a survivor, unless the mutant does the
same as the original, which is proved by running both on numbers (programs.py).
And a reading that changes has to say what the mutant does, which is asked of
numbers as well (steps.py): if not, a wrong value was printed.  Where rounding
could decide, both are asked again with many digits (digits.py).

With --corpora the oldest and the newest Brian2 and Brian2GeNN and the newest
Brian2CUDA have their share; what hands its equations to the GSL always has its own.

Prints a table by kind of mutation and by origin, and a line for each survivor and
each wrong value.  Exit status 1 when there is any.  The mutants are drawn by lot,
the same for the same seed; each kind of mutation and each piece of code has its
share.
"""
import collections
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile

import numpy as np

import bodies
import cpp
import digits
import mutations
import programs
import score
import steps
from algebra import Unknown
from pieces import Gsl, pieces_of

FIELDS = {
    'mutants': 'pieces of C++ that differ in one place',
    'changed': 'of these, the reading says something else',
    'null': 'a value is no longer given, with a diagnostic or the reason',
    'equivalent': 'the reading stays: the mutant does the same, by evaluation',
    'survivors': 'the reading stays, and the mutant does something else',
    'wrong': 'the reading changes to something that the mutant does not do',
    'checked': 'readings that were compared with the mutant on numbers',
}


def chosen(pieces, count, seed):
    """[(piece, site)]: pieces in turn, of each the kind that is rarest."""
    lots = random.Random(seed)
    used = collections.Counter()
    stock = {}
    pieces = pieces[:count]
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
        self.whys = {pointer: each.get('because')
                     for pointer, each in self.evidence.items()
                     if each.get('status') == 'unrecoverable'}
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
    if is_same(piece, body, site):
        return True
    with digits.many():
        return is_same(piece, body, site)


def is_same(piece, body, site):
    outcomes = []
    for each, back in ((piece.body, lambda place: place), (body, site.back)):
        memory = piece.memory()
        outcomes.append((memory, programs.run(each, memory, back=back,
                                              **piece.options())))
    (one, visited), (other, visited_by_other) = outcomes
    if not one.written and not other.written:
        return True
    if visited != visited_by_other:
        return False
    telling = 0
    for array, index in sorted(one.written | other.written):
        if array.endswith(programs.OF_GSL):
            continue
        counts = [each.read(array, each.elements, 'int') > index
                  for each in (one, other)] if bodies.is_space(array) else []
        a, b = (digits.real(np.broadcast_to(
            each.read(array, index, 'float'), bodies.POINTS))
            for each in (one, other))
        with np.errstate(all='ignore'):
            same = (a == b) | (digits.isnan(a) & digits.isnan(b)) | (
                np.abs(a - b) <= 1e-13 * np.maximum(np.abs(a), np.abs(b)))
        # A pole is no difference: 0*x and 0/x.
        lone = digits.isfinite(a) != digits.isfinite(b)
        if lone.sum() <= bodies.POINTS // 8:
            same |= lone
        # Behind the last event a space holds anything.
        if counts and index < one.elements:
            same |= ~np.broadcast_to(counts[0] | counts[1], bodies.POINTS)
        if not same.all():
            return False
        telling = max(telling, digits.isfinite(a).sum())
    return telling >= 24


def wrong_in(piece, body, reading):
    """(problems, how many groups could be asked)"""
    found, asked = problems_in(piece, body, reading)
    if found:
        with digits.many():
            found, asked = problems_in(piece, body, reading)
    return found, asked


def problems_in(piece, body, reading):
    group = reading.groups().get((piece.run, piece.group))
    if group is None:
        return [], 0
    try:
        return steps.problems(group, piece.role, piece.event, body,
                              piece.names(),
                              piece.palette, piece.options()), 1
    except (Unknown, cpp.Invalid):
        return [], 0


def is_another_unknown_method(piece, body, reading):
    """Whether a step whose method has no name still does, to first order, what
    the equations say: then all that is printed is true of the mutant."""
    group = reading.groups().get((piece.run, piece.group)) or {}
    return (piece.role in ('stateupdater', 'population') and group.get('method') == 'unknown'
            and wrong_in(piece, body, reading) == ([], 1))


def judge(piece, site, before, tool, project):
    """(outcome, what to say) of one mutant."""
    text = site.apply(piece.text)
    try:
        body = piece.read(text)
        programs.run(body, piece.memory(), back=site.back, **piece.options())
    except cpp.Invalid:
        return 'invalid', '', 0
    path = os.path.join(project, piece.file)
    with open(path, 'w') as stream:
        stream.write(text)
    after = Reading(tool, project)
    with open(path, 'w') as stream:
        stream.write(piece.text)
    if after.status not in (0, 2):
        return 'survivors', f'exit status {after.status}', 0
    if (after.runs, after.reasons) == (before.runs, before.reasons):
        if does_the_same(piece, body, site) or (
                is_another_unknown_method(piece, body, after)):
            return 'equivalent', '', 0
        new = after.complaints - before.complaints
        # What was null before is null for another reason, which is said.
        if new and after.whys != before.whys:
            return 'null', '', 0
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
    """All mutants of one project: [(kind, origin, outcome, asked, line)]"""
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
            results.append((site.kind, piece.origin, outcome, asked,
                            describe(piece, site, text)))
    finally:
        shutil.rmtree(folder)
    return results


def table(results):
    """{row: counts}: a row for each kind of mutation and each origin."""
    counts = {name: collections.Counter() for name in mutations.KINDS}
    for _, origin, *_ in results:
        counts.setdefault(origin, collections.Counter())
    counts['all'] = collections.Counter()
    for kind, origin, outcome, asked, _ in results:
        if outcome != 'invalid':
            for row in (kind, origin, 'all'):
                counts[row]['mutants'] += 1
                counts[row][outcome] += 1
                counts[row]['checked'] += asked
    return counts


def folders_of(arguments):
    """{origin: a corpus}: Debian's, and of the others the oldest and the newest
    Brian2 and Brian2GeNN and the newest Brian2CUDA."""
    folders = {'Debian': arguments.corpus}
    if arguments.corpora:
        versions = collections.defaultdict(list)
        for name in sorted(os.listdir(arguments.corpora),
                           key=score.version_key):
            versions[name.split('-')[0]].append(name)
        for device, names in versions.items():
            for name in names[-1:] if device == 'cuda' else (
                    {names[0], names[-1]}):
                folders[name] = os.path.join(arguments.corpora, name)
    return folders


def distinct_pieces(arguments):
    """({origin: pieces}, files that are not understood)"""
    found, seen, others = collections.defaultdict(list), set(), []
    for origin, corpus in sorted(folders_of(arguments).items()):
        for _, name, folder in score.tasks_of(arguments.tool, corpus,
                                              arguments.only):
            more, unknown = pieces_of(name, folder)
            others += unknown
            for piece in more:
                if piece.key() not in seen:
                    seen.add(piece.key())
                    piece.origin = 'GSL' if isinstance(piece, Gsl) else origin
                    found[piece.origin].append(piece)
    return found, others


def main():
    parser = score.argument_parser(__doc__)
    parser.add_argument('--corpora', metavar='DIR')
    parser.add_argument('--count', type=int, default=2300)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--list', action='store_true',
                        help='every mutant and what became of it')
    arguments = parser.parse_args()
    pieces, others = distinct_pieces(arguments)
    tasks = collections.defaultdict(list)
    for origin in pieces:
        random.Random(arguments.seed).shuffle(pieces[origin])
        for piece, site in chosen(pieces[origin],
                                  arguments.count // len(pieces),
                                  arguments.seed):
            tasks[piece.folder].append((piece, site))
    tool = os.path.abspath(arguments.tool)
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = [each for more in pool.imap(
            read, [(tool, wanted) for wanted in tasks.values()])
            for each in more]
    bad = [each for each in results if each[2] in ('survivors', 'wrong')]
    for _, origin, outcome, _, line in results if arguments.list else bad:
        print(f'{outcome}: {origin} {line}')
    counts = table(results)
    print(f'{"":18}' + ''.join(f'{field:>11}' for field in FIELDS))
    for row, count in counts.items():
        print(f'{row:18}' + ''.join(f'{count[field]:11}' for field in FIELDS))
    for field, what in FIELDS.items():
        print(f'{field:10} {what}')
    functions = sum(map(len, pieces.values()))
    print(f'{functions} distinct functions; {len(others)} not understood')
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'counts': counts, 'functions': functions,
                       'misses': [line for *_, line in bad],
                       'passed': counts['all']['mutants'] - len(bad),
                       'failed': len(bad)}, stream, indent=1)
            stream.write('\n')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
