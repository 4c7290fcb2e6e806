"""Checks standard input against docs/collector.schema.json: a whole file; with
`group`, what `--group` prints; with `line`, each line of `--jsonl`."""
import json
import os
import sys

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, '../../docs/collector.schema.json')) as stream:
    schema = json.load(stream)
texts = [sys.stdin.read()]
if sys.argv[1:]:
    schema = {'$ref': f'#/$defs/{sys.argv[1]}', '$defs': schema['$defs']}
if sys.argv[1:] == ['line']:
    texts = texts[0].splitlines()
for text in texts:
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
