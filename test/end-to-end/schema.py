#!/usr/bin/python3
"""Is every output valid against docs/collector.schema.json?

    schema.py --tool BRIAN2LIFT [--corpus DIR] [--corpora DIR] [--only PATTERN]
              [--json FILE] [-j N]

Each project's whole output is validated, and what `--group` prints for its
first group has to be that group's object (of Debian's corpus: it starts the
tool once more).  Then the schema itself:

- each of its properties is in docs/Format.md;
- each that some output has is needed: without it, that output is not valid.  So
  a schema that accepts anything fails.

Each failure is a line.  Exit status 1 when there is one.
"""
import argparse
import collections
import copy
import fnmatch
import json
import multiprocessing
import os
import re
import sys

import jsonschema

import score

DOCS = os.path.join(score.HERE, '..', '..', 'docs')
#: Names that are the model's, not the format's.
MAPS = ('equations', 'identifiers', 'events', 'evidence')

with open(os.path.join(DOCS, 'collector.schema.json')) as stream:
    SCHEMA = json.load(stream)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
GROUP = jsonschema.Draft202012Validator({'$ref': '#/$defs/group',
                                         '$defs': SCHEMA['$defs']})


def problems(output, validator=VALIDATOR):
    """A line for each place that is not valid."""
    for error in validator.iter_errors(output):
        yield f'/{"/".join(map(str, error.absolute_path))}: {error.message}'


def keys_of(value, path=''):
    """The paths of all keys, without the model's own names."""
    if isinstance(value, dict):
        for key, part in value.items():
            key = '*' if path.rpartition('/')[2] in MAPS else key
            yield f'{path}/{key}'
            yield from keys_of(part, f'{path}/{key}')
    elif isinstance(value, list):
        for part in value:
            yield from keys_of(part, path)


def read(task):
    """(name, lines, keys, output) of one project."""
    tool, name, folder, with_group = task
    _, output = score.read_project(tool, folder)
    lines = [f'{name}: {line}' for line in problems(output)]
    groups = [group for run in output.get('runs', [])
              for kind in run['components'].values() for group in kind]
    if groups and with_group:
        # (the first run that has a group of this name is meant)
        _, text, _ = score.run_tool(tool, os.path.join(folder, 'project'),
                                    '--group', groups[0]['name'])
        if json.loads(text) != groups[0]:
            lines.append(f'{name}: --group {groups[0]["name"]} is another')
        lines += [f'{name}: --group: {line}' for line
                  in problems(json.loads(text), GROUP)]
    return name, lines, set(keys_of(output)), json.dumps(output)


def few_with_all_keys(results):
    """Few, small outputs that have together what all have."""
    wanted, chosen = set().union(*(keys for _, _, keys, _ in results)), []
    while wanted:
        best = max(results, key=lambda result: (
            len(result[2] & wanted) > 0,
            len(result[2] & wanted) / len(result[3])))
        chosen.append(json.loads(best[3]))
        wanted -= best[2]
    return chosen


def properties(schema, path=()):
    """(path, name) of each property of the schema."""
    if isinstance(schema, dict):
        for name, part in schema.get('properties', {}).items():
            if path[-1:] not in (('then',), ('if',)):
                yield path + ('properties',), name
        for key, part in schema.items():
            yield from properties(part, path + (key,))


def without(path, name):
    schema = copy.deepcopy(SCHEMA)
    place = schema
    for key in path:
        place = place[key]
    del place[name]
    return schema


def check_schema(results):
    """(number of checks, lines)."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    with open(os.path.join(DOCS, 'Format.md')) as page:
        words = set(re.findall(r'[`"./](\w+)(?=[`",])', page.read()))
    few, lines, count = few_with_all_keys(results), [], 0
    seen = {path.rpartition('/')[2] for result in results for path in result[2]}
    for path, name in properties(SCHEMA):
        # (`failure` is of --jsonl, and Brian2GeNN's and Brian2CUDA's keys are not
        # seen without their corpora)
        is_seen = name in seen and 'failure' not in path
        count += 1 + is_seen
        what = '/'.join(path + (name,))
        if name not in words:
            lines.append(f'{what} is not in Format.md')
        if not is_seen:
            continue
        validator = jsonschema.Draft202012Validator(without(path, name))
        if all(map(validator.is_valid, few)):
            lines.append(f'{what} is not needed, though outputs have it')
    return count, lines


def tasks(arguments):
    folders = [(arguments.corpus, True)] if arguments.corpus else []
    if arguments.corpora and os.path.isdir(arguments.corpora):
        folders += [(os.path.join(arguments.corpora, name), False)
                    for name in sorted(os.listdir(arguments.corpora))]
    for folder, with_group in folders:
        for name in sorted(os.listdir(folder)):
            project = os.path.join(folder, name)
            if (fnmatch.fnmatch(name, f'*{arguments.only}*')
                    and os.path.exists(os.path.join(project, 'truth.json'))):
                yield (os.path.abspath(arguments.tool),
                       os.path.relpath(project), project, with_group)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--tool', required=True)
    parser.add_argument('--corpus', metavar='DIR')
    parser.add_argument('--corpora', metavar='DIR')
    parser.add_argument('--only', default='*', metavar='PATTERN')
    parser.add_argument('--json', metavar='FILE')
    parser.add_argument('-j', type=int, default=os.cpu_count(), dest='jobs')
    arguments = parser.parse_args()
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(read, list(tasks(arguments)), chunksize=8)
    wrong = collections.Counter(bool(result[1]) for result in results)
    # (some projects alone do not have all keys)
    count, lines = check_schema(results) if arguments.only == '*' else (0, [])
    for line in [line for result in results for line in result[1]] + lines:
        print(line)
    print(f'{wrong[False]} of {len(results)} outputs are valid; '
          f'{count - len(lines)} of {count} checks of the schema')
    failed = wrong[True] + len(lines)
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'passed': wrong[False] + count - len(lines),
                       'failed': failed}, stream)
            stream.write('\n')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
