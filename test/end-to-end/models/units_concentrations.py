"""Calcium of an astrocyte (Li and Rinzel) in molar, temperature in kelvin, lengths."""
from brian2 import *

uM = umolar
astrocyte = NeuronGroup(2, '''
dC/dt = (Omega_C*m_inf**3*h**3 + Omega_L)*(C_T - (1 + rho_A)*C) - O_P*C**2/(C**2 + K_P**2) : mmolar
dh/dt = O_2*(Q_2*(1 - h) - C*h) : 1
m_inf = IP3/(IP3 + d_1)*C/(C + d_5) : 1
Q_2 = d_2*(IP3 + d_1)/(IP3 + d_3) : mmolar
IP3 : mmolar
dT_loc/dt = (T_bath - T_loc)/(8*second) : kelvin
du/dt = D/L**2*(p0 - u) : 1
''', method='rk4', namespace={
    'C_T': 2*uM, 'rho_A': 0.18, 'Omega_C': 6/second, 'Omega_L': 0.1/second, 'O_P': 0.9*uM/second,
    'K_P': 0.05*uM, 'd_1': 0.13*uM, 'd_2': 1.05*uM, 'd_3': 0.9434*uM, 'd_5': 0.08*uM,
    'O_2': 0.2/uM/second, 'T_bath': 310*kelvin, 'D': 0.3*umetre**2/ms, 'L': 120*umetre, 'p0': 0.25},
    threshold='C > 0.5*uM', refractory='C > 0.5*uM')
astrocyte.h = 0.9
astrocyte.IP3 = 0.4*uM
run(10*ms)
