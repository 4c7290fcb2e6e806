"""Files that must not be opened, or cannot be read as others are."""
import os

from hostile import code, read, write


def files(**texts):
    """A case with files of these names and texts, and a code object that has the
    first as a header."""
    def add(project):
        for name, text in texts.items():
            write(project, f'{name}.h', text)
        code('', f'#include "{next(iter(texts))}.h"')(project)
    return add


def links(**targets):
    def add(project):
        for name, target in targets.items():
            os.symlink(target, os.path.join(project, 'code_objects', name + '.cpp'))
    return add


def link_to_folders(project):
    os.symlink('/usr/include', os.path.join(project, 'brianlib', 'outside'))
    os.symlink('..', os.path.join(project, 'code_objects', 'circle'))


def link_to_devices(project):
    links(zero='/dev/zero', stdin='/dev/stdin', tty='/dev/tty',
          memory='/proc/self/mem', kernel='/proc/kmsg')(project)


def fifo(project):
    os.mkfifo(os.path.join(project, 'code_objects', 'pipe.cpp'))
    links(link='pipe.cpp')(project)


def main_is_a_fifo(project):
    os.remove(os.path.join(project, 'main.cpp'))
    os.mkfifo(os.path.join(project, 'main.cpp'))


def large_file(number, size):
    def add(project):
        for i in range(number):
            write(project, f'code_objects/large{i}.cpp', b'')
            os.truncate(os.path.join(project, f'code_objects/large{i}.cpp'), size)
    return add


def not_utf_8_in_file_name(project):
    write(project, os.fsdecode(b'code_objects/\xff\xfe.cpp'), 'void _run_x() {}')


def escape_sequence_in_file_name(project):
    write(project, 'code_objects/\x1b]0;x\x07\x1b[2J.cpp', 'void _run_x() {}')


def main_is_a_folder(project):
    os.remove(os.path.join(project, 'main.cpp'))
    os.mkdir(os.path.join(project, 'main.cpp'))


def nothing_but_null_bytes(project):
    for path in ('main.cpp', 'objects.cpp', 'objects.h'):
        write(project, path, b'\0' * len(read(project, path)))


CASES = {
    'absolute path': code('', '#include "/etc/passwd"'),
    'path with dots': code('', '#include "../../../../../../../../etc/passwd"'),
    'device': code('', '#include "/dev/zero"\n#include "/dev/stdin"'),
    'path by macro': code('', '#define F "/etc/passwd"\n#include F'),
    'next path': code('', '#include_next "/etc/passwd"\n#import "/etc/group"'),
    'embedded file': code('char x[] = {\n#embed "/etc/passwd"\n};'),
    'module': code('', 'import std;\n#pragma clang module import std'),
    'alias': code('', '#pragma include_alias("x.h", "/etc/passwd")\n'
                      '#include "x.h"'),
    'include of itself': code('', '#include "hostile.cpp"'),
    'includes in circles': files(a='#include "b.h"', b='#include "a.h"'),
    'includes exponentially': files(
        **{f'i{i}': f'#include "i{i + 1}.h"\n' * 2 for i in range(40)}),
    'link to file': links(passwd='/etc/passwd'),
    'links in circles': links(a='b.cpp', b='a.cpp', c='c.cpp'),
    'link to folders': link_to_folders,
    'link to devices': link_to_devices,
    'fifo': fifo,
    'main is a fifo': main_is_a_fifo,
    'main is a folder': main_is_a_folder,
    'file of 100 MB': large_file(1, 100 << 20),
    'files of 16 MB': large_file(100, 16 << 20),
    'no bytes but null': nothing_but_null_bytes,
    'not UTF-8 in a file name': not_utf_8_in_file_name,
    'escape sequence in a file name': escape_sequence_in_file_name,
    'many files': lambda project: [
        write(project, f'code_objects/f{i}.cpp', '') for i in range(500)],
}
