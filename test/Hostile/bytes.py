"""Files that are no text."""
from hostile import UPDATER, code, read, update, write


def hostile(text):
    return lambda project: write(project, 'code_objects/hostile.cpp', text)


def replaced(path, *pairs):
    def add(project):
        text = read(project, path)
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        write(project, path, text)
    return add


def not_utf_8_in_names(project):
    for path in ('objects.h', 'objects.cpp', UPDATER):
        replaced(path, (b'_array_group_w', b'_array_group_\xff\xfe'))(project)


CASES = {
    'null bytes between words': update('_v = v\0 + dt*\0w;\0'),
    'null bytes in a word': update('_v = v + dt*El\0El;'),
    'null bytes alone': hostile(b'\0' * 100000),
    'noise': hostile(b'void _run_x() {' +
                     bytes(i * i % 251 for i in range(100000)) + b'}'),
    'UTF-16': hostile('void _run_x() { double x = 1; }'.encode('utf-16')),
    'not UTF-8 in names': not_utf_8_in_names,
    'not UTF-8 in a constant': replaced(UPDATER, (b'El', b'E\xe9')),
    'UTF-8 in a constant': replaced(UPDATER, (b'El', 'Eλ'.encode())),
    'not UTF-8 in literals': replaced(
        'main.cpp', (b'brian_start();', b'brian_start(); f("\xff\xfe\\xff");')),
    'not UTF-8 in comments': hostile(b'void _run_x() {} // \xff\xfe'),
    'escape sequences': code('double x = \x1b[2J\x07; \x1b]0;owned\x07 y;',
                             '#include "\x1b[2J\x1b]0;owned\x07"'),
    'comment never ended': code('double x = 1; /* '),
    'raw string never ended': code('const char *x = R"abc(' + 'x' * 100000),
}
