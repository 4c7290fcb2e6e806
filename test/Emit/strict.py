"""Checks that a page is HTML5 without an error, that each of its links has a
target, and that it holds no script and nothing from elsewhere."""
import sys

import html5lib


def check(page):
    """Raises where `page`, in bytes, is not as it should be."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(page, transport_encoding='utf-8')
    ids = [element.get('id') for element in tree.iter() if element.get('id')]
    assert len(ids) == len(set(ids)), 'an id twice'
    for element in tree.iter():
        assert 'script' not in str(element.tag), 'a script'
        for name, value in element.items():
            assert not name.startswith('on'), name
            if name in ('href', 'src'):
                assert value[0] == '#' and value[1:] in ids, value
            if name == 'aria-labelledby':
                assert set(value.split()) <= set(ids), value


if __name__ == '__main__':
    with open(sys.argv[1], 'rb') as file:
        check(file.read())
