"""Checks that a page is HTML5 without an error, that each of its links has a
target, and that it holds no script and nothing from elsewhere."""
import sys

import html5lib

parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
with open(sys.argv[1], 'rb') as stream:
    page = parser.parse(stream, transport_encoding='utf-8')
ids = [element.get('id') for element in page.iter() if element.get('id')]
assert len(ids) == len(set(ids)), 'an id twice'
for element in page.iter():
    assert 'script' not in str(element.tag), 'a script'
    for name, value in element.items():
        assert not name.startswith('on'), name
        if name in ('href', 'src'):
            assert value[0] == '#' and value[1:] in ids, value
        if name.startswith('aria-labelledby'):
            assert set(value.split()) <= set(ids), value
print(len(ids), 'ids')
