"""Prints the diagnostics that no test expects; exit status 1 if there are any.

    every_diagnostic.py SOURCE

A .test file expects one when its id stands in a CHECK line, in square brackets
as users see it.
"""
import glob
import re
import sys

source = sys.argv[1]
with open(f'{source}/lib/Support/Diagnostics.def', encoding='utf-8') as stream:
    ids = dict(re.findall(r'^DIAGNOSTIC\((\w+), "([\w-]+)"', stream.read(),
                          re.MULTILINE))
expected = set()
for path in glob.glob(f'{source}/test/*/*.test'):
    with open(path, encoding='utf-8') as stream:
        for line in stream:
            if re.match(r'[A-Z0-9-]+(-NEXT|-SAME|-DAG)?:', line):
                expected.update(re.findall(r'\[([\w-]+)\]', line))
assert len(ids) > 5
missing = [f'{name} [{text}]' for name, text in ids.items()
           if text not in expected]
if missing:
    print('no test for:', *missing, sep='\n  ')
sys.exit(bool(missing))
