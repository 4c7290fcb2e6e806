#!/usr/bin/python3
"""The last line of test/run: `N passed, M failed`.

    tally.py BUILD

adds up lit's tests (BUILD/results/lit.json, GoogleTest's cases among them; once
more with what is shipped in release.json, with sanitizers in sanitized.json, and
with LLVM 19 in llvm-19.json), the
fuzz targets (fuzz.json), the
files that lint looked at (lint.json), the generation of the corpora (corpus.json)
and the figures of the end-to-end score (score.json, against
test/end-to-end/figures.json) and of the table of generators (table.json, against
versions.json), of the units in each mode and of readable equations (units.json
and readability.json, against those of that name in test/end-to-end), the groups
that Brian2 takes (accepts.json) and the subexpressions that live on
(subexpressions.json), the projects that real headers read alike (headers.json),
the mutants that are noticed (mutants.json), the models that `diff` tells apart
and those that it does not (drift.json), the outputs
that the JSON Schema accepts (schema.json), the groups that docs/FromJson.md makes
again (fromjson.json), the views of pages and the scripts in them (pages.json). What
left no result has failed. Exit status 1 when
anything has.
"""
import collections
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, 'end-to-end'))

from score import worse_than  # noqa: E402
from table import recorded  # noqa: E402


def lit(results):
    """(passed, failed) of lit's tests; what is skipped counts as neither."""
    codes = [test['code'] for test in results['tests']]
    failed = sum(code in ('FAIL', 'TIMEOUT', 'UNRESOLVED', 'XPASS')
                 for code in codes)
    return sum(code in ('PASS', 'FLAKYPASS', 'XFAIL') for code in codes), failed


def lint(results):
    return results['passed'], results['failed']


corpus = lint


def figures(recorded, counted):
    """(passed, failed): one for each recorded figure."""
    counts = {kind: {field: collections.Counter(count)
                     for field, count in fields.items()}
              for kind, fields in counted.items()}
    worse = {line.split(':')[0] for line in worse_than(recorded, counts)}
    return sum(map(len, recorded.values())) - len(worse), len(worse)


def score(results):
    with open(os.path.join(HERE, 'end-to-end', 'figures.json')) as stream:
        return figures(json.load(stream), results['counts'])


def units(results):
    with open(os.path.join(HERE, 'end-to-end', 'units.json')) as stream:
        return figures(json.load(stream), results['counts'])


readability = accepts = subexpressions = mutants = drift = fuzz = headers = lint
schema = fromjson = pages = lint


def versions(results):
    return figures(recorded(results['counts']), results['counts'])


def main():
    passed = failed = 0
    for name, count in (('lint', lint), ('lit', lit), ('corpus', corpus),
                        ('score', score), ('units', units),
                        ('sanitized', lit), ('release', lit), ('llvm-19', lit),
                        ('fuzz', fuzz), ('headers', headers),
                        ('readability', readability), ('accepts', accepts),
                        ('subexpressions', subexpressions),
                        ('mutants', mutants), ('drift', drift),
                        ('schema', schema),
                        ('fromjson', fromjson), ('pages', pages),
                        ('table', versions)):
        try:
            with open(os.path.join(sys.argv[1], 'results', f'{name}.json')) as stream:
                good, bad = count(json.load(stream))
            # (without other Pythons there is no generator, and an empty table)
            if good + bad == 0 and name != 'table':
                raise ValueError('nothing was tested')
        except (OSError, ValueError) as error:
            good, bad = 0, 1
            print(f'{name}: {error}')
        print(f'{name}: {good} of {good + bad}')
        passed += good
        failed += bad
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
