"""What a terminal sees and a pipe does not: colours (unless NO_COLOR is set), and
a line about the progress when it takes longer than a second.

    terminal.py PROJECT
"""
import os
import pty
import subprocess
import sys


def on_terminal(command, **environment):
    """Standard error of the command, with a terminal behind it."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs,
                               env={**os.environ, 'TERM': 'xterm', **environment})
    os.close(theirs)
    seen = b''
    try:
        while chunk := os.read(ours, 4096):
            seen += chunk
    except OSError:  # Linux says so at the end
        pass
    process.wait()
    return seen.decode()


project = sys.argv[1]
assert '\033[' in on_terminal(['brian2lift', project])
assert '\033[' not in on_terminal(['brian2lift', project], NO_COLOR='1')
assert '\033[' not in on_terminal(['brian2lift', '--diagnostics=json', project])
assert 'reading:' not in on_terminal(['brian2lift', project])
os.mkdir('slow')
with open('slow/main.cpp', 'w') as stream:
    stream.write(''.join(f'#define {a} {b} {b} {b} {b} {b} {b} {b} {b}\n'
                         for a, b in zip('ABCDEFGHIJKL', 'BCDEFGHIJKLM'))
                 + '#define M\nint main() { double x = 0 A; }\n')
slow = ['brian2lift', '--time-limit=2', 'slow']
seen = on_terminal(slow)
assert '\rreading: 1 s' in seen and '\r\033[K' in seen, seen
seen = on_terminal(['brian2lift', '--jsonl', '--time-limit=2', project, 'slow'])
assert '\rreading: 1 of 2 projects, 1 s' in seen, seen
piped = subprocess.run(slow, capture_output=True, text=True).stderr
assert 'reading:' not in piped and '\033' not in piped, piped
