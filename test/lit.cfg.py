# The rooms' .test files: text on one construct of generated C++ in, FileCheck on
# what one room makes of it. Several files in one: split-file.
import os
import subprocess

import lit.formats

config.name = 'brian2lift'
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = ['.test']
config.test_source_root = os.path.dirname(os.path.abspath(__file__))
config.excludes = ['Inputs']

# brian2lift, UnitsCheck; FileCheck, split-file, not, count. `--param bin=FOLDER`
# tests the brian2lift there.
config.environment['PATH'] = os.pathsep.join(
    [lit_config.params.get('bin', ''),
     os.path.join(config.brian2lift_build, 'bin'), config.llvm_tools,
     config.environment['PATH']]).lstrip(os.pathsep)
# Debian's Python, which has Brian2; whatever else is first on the PATH.
config.substitutions += [
    ('%python', '/usr/bin/python3 -B'),
    ('%{source}', os.path.dirname(config.test_source_root)),
    ('%{build}', config.brian2lift_build),
    ('%{llvm-tools}', config.llvm_tools)]
config.environment['MPLBACKEND'] = 'Agg'
if 'ASAN_OPTIONS' in os.environ:
    config.environment['ASAN_OPTIONS'] = os.environ['ASAN_OPTIONS']
    config.available_features.add('sanitized')

# Containers may forbid it.
try:
    subprocess.run(['strace', '-o', os.devnull, 'true'], check=True,
                   capture_output=True)
    config.available_features.add('strace')
except (OSError, subprocess.CalledProcessError) as error:
    lit_config.note(f'system calls are not tested, strace cannot trace: {error}')
