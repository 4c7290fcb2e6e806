"""The options of `brian2lift --help` are those of the man page, of README's
table and of the shells' completion. Prints what is missing where.

    options.py SOURCE
"""
import os
import re
import shutil
import subprocess
import sys

source = sys.argv[1]


def read(path):
    with open(f'{source}/{path}', encoding='utf-8') as stream:
        return stream.read()


def bash(*words):
    """What bash offers for the last word."""
    script = (f'source {source}/tool/completion/brian2lift.bash\n'
              'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))\n'
              '_brian2lift "$1"\nprintf "%s\\n" "${COMPREPLY[@]}"\n')
    return subprocess.run(['bash', '-c', script, 'bash', 'brian2lift', *words],
                          check=True, capture_output=True, text=True).stdout.split()


#: Stands for zsh's own functions, which need a terminal.
ZSH = r'''
setopt extendedglob
compset() { words[CURRENT]=${words[CURRENT]#*=} }
_describe() { local -a all; all=(${(P)2}); print -l -- ${${(@)all%%:*}} }
_files() { print files }
_message() { print message }
words=("$@"); CURRENT=$#
_brian2lift() { source $COMPLETION }
_brian2lift
'''


def zsh(*words):
    return subprocess.run(
        ['zsh', '-f', '-c', ZSH, 'zsh', 'brian2lift', *words], check=True,
        capture_output=True, text=True,
        env={'COMPLETION': f'{source}/tool/completion/_brian2lift',
             'PATH': os.environ['PATH']}).stdout.split()


help_text = subprocess.run(['brian2lift', '--help'], check=True,
                           capture_output=True, text=True).stdout
options = set(re.findall(r'^  (--?[a-z][a-z-]*)', help_text, re.MULTILINE))
values, option = {}, None
for line in help_text.splitlines():
    if match := re.match(r'  (--?[a-z-]+)', line):
        option = match[1]
    elif match := re.match(r'    =([a-z-]+)', line):
        values.setdefault(option, set()).add(match[1])
assert len(options) > 15 and 'json' in values['--diagnostics']

manual = read('docs/brian2lift.1').replace('\\-', '-')
entries = set(re.findall(r'^\.TP\n\.BI? (--?[a-z][a-z-]*)', manual, re.MULTILINE))
table = {name for row in read('README.md').splitlines() if row.startswith('| `-')
         for name in re.findall(r'`(--?[a-z][a-z-]*)', row.split('|')[1])}

wrong = []


def same(what, have, want):
    wrong.extend(f'{what}: {name} is missing' for name in sorted(want - have))
    wrong.extend(f'{what}: {name} is no option' for name in sorted(have - want))


same('docs/brian2lift.1', entries, options)
same('README.md', table, options)
for option, names in values.items():
    entry = manual.split(f'.BI {option}=', 1)[-1].split('.TP', 1)[0]
    wrong.extend(f'docs/brian2lift.1: {option}={name} is missing'
                 for name in names if name not in entry)

shells = {'bash': bash}
if shutil.which('zsh'):
    shells['zsh'] = zsh
for shell, offered in shells.items():
    same(shell, {name.rstrip('=') for name in offered('-')}, options)
    for option, names in values.items():
        same(f'{shell} {option}', set(offered(f'{option}=')), names)
        same(f'{shell} {option}', set(offered(option, '')), names)
    same(f'{shell} prefix', {name.rstrip('=') for name in offered('--no-w')} &
         {'--no-worker'}, {'--no-worker'})
if '--format' not in bash('--f')[0]:
    wrong.append('bash: --f')
print(*wrong, sep='\n')
sys.exit(bool(wrong))
