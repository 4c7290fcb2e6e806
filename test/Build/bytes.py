"""brian2lift prints the same bytes whatever the path and wherever from.

    bytes.py FOLDER

FOLDER/project is a project; its messages are compared, too.
"""
import os
import shutil
import subprocess
import sys

os.chdir(sys.argv[1])
HERE = os.getcwd()
shutil.copytree('project', 'elsewhere/another name')
for form in ('json', 'markdown', 'html'):
    outputs = {}
    for folder, path in [('.', 'project'), ('.', 'project/'), ('.', './project'),
                         ('.', f'{HERE}/project'), ('project', '.'),
                         ('/', f'{HERE}/project'),
                         ('elsewhere', '../project'),
                         ('elsewhere', 'another name')]:
        done = subprocess.run(['brian2lift', path, f'--format={form}'], cwd=folder,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              check=True)
        outputs.setdefault(done.stdout, []).append(path)
    if len(outputs) != 1 or not next(iter(outputs)):
        sys.exit(f'{form}: not the same: {list(outputs.values())}')
