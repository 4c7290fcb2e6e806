#!/usr/bin/python3
"""Does `brian2lift diff` see what changed, and nothing else?

    drift.py --tool BRIAN2LIFT --corpus DIR --corpora DIR [--only PATTERN]
             [--count N] [--share N] [--json FILE] [-j N]

Versions: each model of DIR (Debian's Brian2) against the same model of every
other generator.  No difference may be found, but where the code of a version does
not do what the script says (KNOWN).  With --share, each generator takes every
Nth model, another one first.

Changes: N functions of the generated code are changed in one place by lot
(mutations.py; what does the same after it is left out), and in the JSON of each
model N, dt, the method, the duration and the refractory period.  Each has to be
found, by --werror: what is no longer read after a change is a note, and is
counted apart.  So has each change of a script (variants.py), as what it is.

Prints what is missed.  Exit status 1 when something is.
"""
import argparse
import collections
import fnmatch
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile

import cpp
import mutants
import score
import variants

#: (generators, model, why) of differences that are in the code.
KNOWN = [
    ('*', 'models.brian2_bug_modulo',
     'the sympy of some versions takes (3*x) % 2 for x % 2'),
    ('brian2-2.0', 'models.*subgroup*', 'Brian2 2.0 leaves out what runs '
     'regularly for a subgroup'),
    ('brian2-2.0', 'models.spatial.spatial_surroundings', 'the same'),
    ('brian2-2.[01]*', 'models.time_explicit',
     'Brian2 before 2.2 divides integers in C++, which truncates'),
    ('brian2-2.[23]*', 'models.timedarray_two_dimensions',
     'Brian2 before 2.4 casts the index of a TimedArray'),
    ('genn-*', 'models.subexpression_boolean_integer',
     'Brian2GeNN takes int(x) for the truth of x'),
    ('genn-*', 'models.runs_with_other_objects',
     'Brian2GeNN leaves out a group that leaves the network later'),
]
FIELDS = ('models', 'differences', 'known', 'changes', 'found', 'unreadable',
          'missed')


def diff(tool, old, new, *options):
    """(exit status, what it says)"""
    done = subprocess.run([tool, 'diff', old, new, *options],
                          capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def stopped(folder):
    """Whether this version could not run the script to its end."""
    with open(os.path.join(folder, 'truth.json')) as stream:
        return json.load(stream)['stopped'] is not None


def versions(task):
    """One model in one version: the field that counts it, and a line."""
    tool, generator, model, old, new, stopped = task
    status, text = diff(tool, old, new)
    if status == 0:
        return 'models', ''
    if stopped or any(fnmatch.fnmatch(generator, wanted) and fnmatch.fnmatch(model, name)
           for wanted, name, _ in KNOWN):
        return 'known', ''
    return 'differences', f'{generator} {model}: {text.strip()}'


def changed_code(task):
    """[(field, line)] of the mutants of one project."""
    tool, wanted = task
    results = []
    with tempfile.TemporaryDirectory() as folder:
        project = os.path.join(folder, 'project')
        shutil.copytree(os.path.join(wanted[0][0].folder, 'project'), project)
        golden = os.path.join(folder, 'golden.json')
        subprocess.run([tool, project, '-o', golden], stderr=subprocess.DEVNULL)
        for piece, site in wanted:
            text = site.apply(piece.text)
            try:
                body = piece.read(text)
                if mutants.does_the_same(piece, body, site):
                    continue
            except cpp.Invalid:
                continue
            path = os.path.join(project, piece.file)
            with open(path, 'w') as stream:
                stream.write(text)
            status, said = diff(tool, golden, project, '--werror')
            with open(path, 'w') as stream:
                stream.write(piece.text)
            field = ('missed' if status == 0 else
                     'found' if '-differs]' in said or '[part-' in said else
                     'unreadable')
            results.append((field, mutants.describe(piece, site, text)))
    return results


def twice(text):
    """`2. ms` -> `4. ms`"""
    number, _, unit = text.partition(' ')
    return f'{float(number) * 2:g}. {unit}' if unit else None


def changed_json(task):
    """[(field, line)] of one change of each kind in the JSON of a model."""
    tool, model, path = task
    with open(path) as stream:
        original = json.load(stream)
    results = []

    def check(what, change):
        new = json.loads(json.dumps(original))
        if not change(new):
            return
        with tempfile.NamedTemporaryFile('w', suffix='.json') as stream:
            json.dump(new, stream)
            stream.flush()
            status, _ = diff(tool, path, stream.name)
        results.append(('found' if status == 1 else 'missed', f'{model}: {what}'))

    def group(new):
        return next((each for run in new['runs']
                     for groups in run['components'].values()
                     for each in groups), None)

    def put(keys, value):
        def change(new):
            place = group(new)
            for key in keys[:-1]:
                place = place and place.get(key)
            if not place or place.get(keys[-1]) is None:
                return False
            place[keys[-1]] = value(place[keys[-1]])
            return place[keys[-1]] is not None
        return change

    def duration(new):
        if not new['runs'] or not new['runs'][0]['duration_si']:
            return False
        new['runs'][0]['duration_si'] *= 1.5
        return True

    check('N', put(['N'], lambda n: n + 1))
    check('dt', put(['clock', 'dt'], twice))
    check('method', put(['method'], lambda m: 'rk4' if m != 'rk4' else 'euler'))
    check('refractory', put(['events', 'spike', 'refractory'],
                            lambda r: twice(r) if r[0].isdigit() else None))
    check('threshold', put(['events', 'spike', 'threshold'],
                           lambda t: f'not ({t})'))
    check('duration', duration)
    return results


def changed_script(task):
    """[(field, line)] of one of variants.py's changes."""
    tool, folder, number = task
    line, text, wanted = variants.CHANGES[number]
    status, said = diff(tool, os.path.join(folder, 'base'),
                        os.path.join(folder, variants.name_of(number)))
    found = status == 1 and f'[{wanted}]' in said
    return [('found' if found else 'missed', f'script: {line}: {text!r}')]


def main():
    parser = score.argument_parser(__doc__)
    parser.add_argument('--corpora', required=True)
    parser.add_argument('--count', type=int, default=150)
    parser.add_argument('--share', type=int, default=1)
    arguments = parser.parse_args()
    tool = os.path.abspath(arguments.tool)
    counts, misses = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder, \
            multiprocessing.Pool(arguments.jobs) as pool:
        scripts = os.path.join(folder, 'scripts')
        generation = subprocess.Popen(
            [sys.executable, variants.__file__, '--out', scripts],
            stderr=subprocess.DEVNULL)

        def read(name, projects):
            """{model: its JSON}"""
            folders = {}
            done = subprocess.run(
                [tool, '--jsonl', '-j', str(arguments.jobs), *projects.values()],
                capture_output=True, text=True)
            for model, line in zip(projects, done.stdout.splitlines()):
                if json.loads(line).get('runs'):
                    folders[model] = os.path.join(folder, f'{name}.{model}.json')
                    with open(folders[model], 'w') as stream:
                        stream.write(line)
            return folders

        def projects(top):
            return {model: os.path.join(top, model, 'project')
                    for model in sorted(os.listdir(top))
                    if fnmatch.fnmatch(model, arguments.only)
                    and os.path.isdir(os.path.join(top, model, 'project'))}

        base = read('base', projects(arguments.corpus))
        generators = (sorted(os.listdir(arguments.corpora))
                      if os.path.isdir(arguments.corpora) else [])
        tasks = []
        for number, generator in enumerate(generators):
            wanted = [(model, path) for model, path in projects(
                os.path.join(arguments.corpora, generator)).items()
                if model in base]
            other = read(generator, dict(
                wanted[number % arguments.share::arguments.share]))
            tasks += [(tool, generator, model, base[model], path,
                       stopped(os.path.join(arguments.corpora, generator, model)))
                      for model, path in other.items()]
        for field, line in pool.imap(versions, tasks):
            counts[field] += 1
            if field == 'differences':
                misses.append(line)

        pieces = [piece for model in base if model.startswith('models.')
                  for piece in mutants.pieces_of(
                      model, os.path.join(arguments.corpus, model))[0]]
        mutated = collections.defaultdict(list)
        for piece, site in mutants.chosen(pieces, arguments.count, seed=1):
            mutated[piece.project].append((piece, site))
        models = [(tool, model, path) for model, path in sorted(base.items())
                  if model.startswith('models.')][::3]
        code = [(tool, each) for each in mutated.values()]
        if generation.wait():
            sys.exit('variants.py failed')
        lines = [(tool, scripts, number)
                 for number in range(len(variants.CHANGES))]
        for results in [*pool.imap(changed_code, code),
                        *pool.imap(changed_json, models),
                        *pool.imap(changed_script, lines)]:
            for field, line in results:
                counts['changes'] += 1
                counts[field] += 1
                if field == 'missed':
                    misses.append(f'missed: {line}')
    print(*misses, sep='\n')
    print(*(f'{counts[field]} {field}' for field in FIELDS), sep=', ')
    if arguments.json:
        failed = counts['differences'] + counts['missed']
        with open(arguments.json, 'w') as stream:
            json.dump({'counts': counts, 'misses': misses, 'failed': failed,
                       'passed': counts['models'] + counts['known']
                       + counts['found'] + counts['unreadable']},
                      stream, indent=1)
            stream.write('\n')
    return 1 if misses else 0


if __name__ == '__main__':
    sys.exit(main())
