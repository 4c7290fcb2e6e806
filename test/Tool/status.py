"""Runs a command that must end with an exit status; 2 must print no data.

    status.py STATUS COMMAND...

Its standard error is passed on.
"""
import subprocess
import sys

wanted = int(sys.argv[1])
done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE)
if done.returncode != wanted:
    sys.exit(f'status.py: exit status {done.returncode} instead of {wanted}')
if wanted == 2 and done.stdout:
    sys.exit(f'status.py: data although it failed: {done.stdout[:80]}')
