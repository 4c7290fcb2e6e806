"""Checks standard input: each JSON pointer of `evidence` leads to a value, and
each value that a reader could doubt has evidence."""
import json
import sys

output = json.load(sys.stdin)


def follow(pointer):
    value = output
    for part in pointer.split('/')[1:]:
        part = part.replace('~1', '/').replace('~0', '~')
        value = value[int(part) if isinstance(value, list) else part]
    return value


for pointer, known in output['evidence'].items():
    value = follow(pointer)
    assert known['status'] in ('recovered', 'inferred', 'assumed', 'ambiguous',
                               'unrecoverable'), pointer
    assert value is not None or known['status'] == 'unrecoverable', pointer
    assert known['status'] != 'ambiguous' or known['alternatives'], pointer
    for source in known.get('sources', []):
        assert len(source.split(':')) == 3 and not source.startswith('/'), source

for k, run in enumerate(output['runs']):
    for kind in ('neurongroup', 'spatialneuron'):
        for n, group in enumerate(run['components'].get(kind, [])):
            base = f'/runs/{k}/components/{kind}/{n}'
            wanted = ['N', 'method', 'clock']
            wanted += [f'identifiers/{name}' for name in group['identifiers']]
            for name, equation in group['equations'].items():
                wanted.append(f'equations/{name}' +
                              ('/expr' if 'expr' in equation else ''))
            for name, event in group['events'].items():
                wanted += [f'events/{name}/{key}' for key in event]
            wanted += [f'morphology/{name}' for name
                       in group.get('morphology', {})]
            wanted += [key for key in ('Cm', 'Ri', 'threshold_location')
                       if key in group]
            for key in wanted:
                assert f'{base}/{key}' in output['evidence'], f'{base}/{key}'
