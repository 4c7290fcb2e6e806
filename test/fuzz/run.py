#!/usr/bin/python3
"""Runs the fuzz targets.

    run.py BUILD SECONDS RESULT.json [CORPUS]

gives each target so many seconds, beginning with the seeds of seeds.py. What
makes one crash, hang or need more than 3 GB is kept in BUILD/findings. RESULT.json
counts targets that passed and failed. Exit status 1 when one failed.
"""
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Bytes of an input: small ones are quick, and a project has some files.
LENGTHS = {'project': 30000, 'expression': 120, 'quantity': 24, 'hints': 80}


def main():
    build, seconds, result, *corpus = sys.argv[1:]
    seeds = os.path.join(build, 'seeds')
    subprocess.run([sys.executable, '-B', os.path.join(HERE, 'seeds.py'), seeds,
                    *corpus], check=True)
    # LLVM itself has no sanitizer: its containers are written to unseen.
    os.environ['ASAN_OPTIONS'] = ('detect_container_overflow=0:'
                                  'allow_user_poisoning=0:detect_leaks=0:'
                                  'detect_stack_use_after_return=0')
    failed = 0
    for target, length in LENGTHS.items():
        found = os.path.join(build, 'findings', target, '')
        grown = os.path.join(build, 'fuzzed', target)
        os.makedirs(found, exist_ok=True)
        os.makedirs(grown, exist_ok=True)
        done = subprocess.run(
            [os.path.join(build, 'bin', f'fuzz-{target}'), grown,
             os.path.join(seeds, target), f'-max_total_time={seconds}',
             f'-max_len={length}', '-timeout=60', '-rss_limit_mb=3000',
             f'-artifact_prefix={found}', '-print_final_stats=1'],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text = done.stdout.decode('utf-8', 'replace')
        runs = re.findall(r'number_of_executed_units: (\d+)', text) or ['0']
        print(f'fuzz-{target}: {runs[-1]} executions', flush=True)
        if done.returncode:
            failed += 1
            print(text[-3000:])
    with open(result, 'w') as stream:
        json.dump({'passed': len(LENGTHS) - failed, 'failed': failed}, stream)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
