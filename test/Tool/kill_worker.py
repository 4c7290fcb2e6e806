"""Runs brian2lift on a project that keeps it busy and kills its worker.

    kill_worker.py PROJECT

Exit status and standard output are brian2lift's.
"""
import os
import signal
import subprocess
import sys
import time

tool = subprocess.Popen(['brian2lift', '--time-limit=60', sys.argv[1]])
children = f'/proc/{tool.pid}/task/{tool.pid}/children'
worker = ''
while not worker and tool.poll() is None:
    time.sleep(0.01)
    with open(children) as stream:
        worker = stream.read().strip()
if worker:
    # Some time to get into the file; a kill before that gives no place.
    time.sleep(0.5)
    os.kill(int(worker), signal.SIGSEGV)
sys.exit(tool.wait())
