#!/usr/bin/python3
"""Changes that somebody makes in a script, and what `brian2lift diff` says.

    variants.py --out DIR

writes with Debian's Brian2, in one process, the project DIR/base and one project
for each of CHANGES, in which one line of the script is another.  drift.py compares
them: each change has to be found, and said to be what it is.
"""
import argparse
import os
import sys

#: What script() is made of.
BASE = {
    'clock': "defaultclock.dt = 0.1*ms",
    'tau': "tau = 10*ms",
    'tau_w': "tau_w = 144*ms",
    'E_L': "E_L = -70*mV",
    'g': "g = 0.5",
    'dv': "dv/dt = (E_L - v + R*I - w)/tau : volt (unless refractory)",
    'dw': "dw/dt = (g*(v - E_L) - w)/tau_w : volt",
    'dI': "dI/dt = -I/(5*ms) + s*xi/sqrt(tau) : amp",
    's': "s : amp (constant)",
    'R': "R = 20*Mohm",
    'N': "40",
    'threshold': "v > -50*mV",
    'reset': "v = E_L; w += 2*mV",
    'refractory': "2*ms",
    'method': "euler",
    'group_dt': "None",
    'regularly': "I = 0.9*I + 0.1*nA",
    'regularly_dt': "5*ms",
    'second': "dx/dt = -k*x**3 : 1",
    'second_method': "rk4",
    'second_N': "10",
    'initial': "-70*mV",
    'duration': "20*ms",
}

#: (what changes, into what, the message that has to say so)
CHANGES = [
    ('clock', "defaultclock.dt = 0.05*ms", 'clock-differs'),
    ('tau', "tau = 11*ms", 'constant-differs'),
    ('tau_w', "tau_w = 144*second", 'constant-differs'),
    ('E_L', "E_L = 70*mV", 'constant-differs'),
    ('E_L', "E_L = -70.0000001*mV", 'constant-differs'),
    ('g', "g = 2", 'constant-differs'),
    ('dv', "dv/dt = (E_L - v + R*I + w)/tau : volt (unless refractory)",
     'equation-differs'),
    ('dv', "dv/dt = (E_L - v + R*I - w)/tau : volt", 'equation-differs'),
    ('dv', "dv/dt = (v - E_L + R*I - w)/tau : volt (unless refractory)",
     'equation-differs'),
    ('dv', "dv/dt = (E_L - v + R*I - 2*w)/tau : volt (unless refractory)",
     'equation-differs'),
    ('dv', "dv/dt = (E_L - v + R*I)/tau - w/tau_w : volt (unless refractory)",
     'equation-differs'),
    ('dv', "dv/dt = (E_L - w + R*I - v)/tau_w : volt (unless refractory)",
     'equation-differs'),
    ('dw', "dw/dt = (g*(v - E_L) - w)/tau : volt", 'equation-differs'),
    ('dw', "dw/dt = (g*(v + E_L) - w)/tau_w : volt", 'equation-differs'),
    ('dw', "dw/dt = (g*(E_L - v) - w)/tau_w : volt", 'equation-differs'),
    ('dw', "dw/dt = (g*w - (v - E_L))/tau_w : volt", 'equation-differs'),
    ('dI', "dI/dt = -I/(6*ms) + s*xi/sqrt(tau) : amp",
     'equation-differs'),
    ('dI', "dI/dt = -I/(5*ms) + 2*s*xi/sqrt(tau) : amp", 'equation-differs'),
    ('dI', "dI/dt = -I/(5*ms) + s*xi_1/sqrt(tau) + s*xi_2/sqrt(tau) : amp",
     'equation-differs'),
    ('dI', "dI/dt = -I/(5*ms) + s/tau : amp", 'equation-differs'),
    ('s', "s = 2*nA : amp", 'equation-differs'),
    ('R', "R = 21*Mohm", 'constant-differs'),
    ('N', "41", 'group-differs'),
    ('threshold', "v >= -50*mV", 'event-differs'),
    ('threshold', "v < -50*mV", 'event-differs'),
    ('threshold', "v > -51*mV", 'event-differs'),
    ('threshold', "w > -50*mV", 'event-differs'),
    ('threshold', "v > -50*mV and w < 1*mV", 'event-differs'),
    ('reset', "v = E_L; w -= 2*mV", 'event-differs'),
    ('reset', "v = E_L; w += 3*mV", 'event-differs'),
    ('reset', "w += 2*mV", 'event-differs'),
    ('reset', "v = E_L; w = 2*mV", 'event-differs'),
    ('reset', "v = w; w += 2*mV", 'event-differs'),
    ('refractory', "3*ms", 'event-differs'),
    ('refractory', "'v > -60*mV'", 'event-differs'),
    ('refractory', "False", 'event-differs'),
    ('method', "heun", 'group-differs'),
    ('method', "milstein", 'group-differs'),
    ('group_dt', "0.2*ms", 'clock-differs'),
    ('regularly', "I = 0.8*I + 0.1*nA", 'event-differs'),
    ('regularly', "I = 0.9*I - 0.1*nA", 'event-differs'),
    ('regularly_dt', "6*ms", 'clock-differs'),
    ('second', "dx/dt = k*x**3 : 1", 'equation-differs'),
    ('second', "dx/dt = -k*x**2 : 1", 'equation-differs'),
    ('second', "dx/dt = -k*x**3 + k : 1", 'equation-differs'),
    ('second', "dx/dt = -k*y**3 : 1\ndy/dt = k*x : 1", 'equation-differs'),
    ('second_method', "rk2", 'group-differs'),
    ('second_method', "euler", 'group-differs'),
    ('second_N', "1000", 'group-differs'),
    ('duration', "30*ms", 'run-differs'),
]


def script(lines):
    return f'''
{lines['clock']}
{lines['tau']}
{lines['tau_w']}
{lines['E_L']}
{lines['g']}
{lines['R']}
k = 0.1/ms
cells = NeuronGroup({lines['N']}, """
{lines['dv']}
{lines['dw']}
{lines['dI']}
{lines['s']}
""", threshold="{lines['threshold']}", reset="{lines['reset']}",
    refractory={lines['refractory']}, method="{lines['method']}",
    dt={lines['group_dt']}, name="cells")
cells.v = {lines['initial']}
cells.run_regularly("{lines['regularly']}", dt={lines['regularly_dt']})
others = NeuronGroup({lines['second_N']}, """
{lines['second']}
""", method="{lines['second_method']}", name="others")
run({lines['duration']})
'''


def name_of(number):
    """Of the project for one of CHANGES."""
    return f'{number:02}.{CHANGES[number][0]}'


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', required=True)
    out = parser.parse_args().out
    import brian2
    projects = {'base': BASE}
    for number, (line, text, _) in enumerate(CHANGES):
        projects[name_of(number)] = {**BASE, line: text}
    for name, lines in projects.items():
        brian2.set_device('cpp_standalone', build_on_run=False)
        names = {}
        exec('from brian2 import *', names)  # pylint: disable=exec-used
        exec(script(lines), names)  # pylint: disable=exec-used
        brian2.device.build(directory=os.path.join(out, name), compile=False,
                            run=False)
        brian2.device.reinit()
        brian2.start_scope()
    return 0


if __name__ == '__main__':
    sys.exit(main())
