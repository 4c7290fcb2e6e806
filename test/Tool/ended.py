"""Runs a command that must end with an exit status, whatever it prints.

    ended.py STATUS COMMAND...
"""
import subprocess
import sys

status = subprocess.run(sys.argv[2:]).returncode
if status != int(sys.argv[1]):
    sys.exit(f'ended.py: exit status {status} instead of {sys.argv[1]}')
