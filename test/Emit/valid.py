"""Checks standard input against docs/collector.schema.json; with `group`, as
what `--group` prints."""
import json
import os
import sys

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, '../../docs/collector.schema.json')) as stream:
    schema = json.load(stream)
if sys.argv[1:] == ['group']:
    schema = {'$ref': '#/$defs/group', '$defs': schema['$defs']}
jsonschema.Draft202012Validator(schema).validate(json.load(sys.stdin))
