"""Quadratic and exponential integrate-and-fire, theta neuron."""
from brian2 import *

tau = 10*ms
Vt = -50*mV
E = -65*mV
D = 2*mV
qif = NeuronGroup(2, 'dv/dt = ((v - E)*(v - Vt)/(Vt - E) + I)/tau : volt\nI : volt',
                  method='rk4', threshold='v > 0*mV', reset='v = E', name='qif')
eif = NeuronGroup(2, 'dv/dt = (E - v + D*exp((v - Vt)/D))/tau : volt (unless refractory)',
                  method='euler', threshold='v > -30*mV', reset='v = E',
                  refractory=2*ms, name='eif')
theta = NeuronGroup(2, 'dtheta/dt = (1 - cos(theta) + (1 + cos(theta))*eta)/tau : 1\neta : 1',
                    method='rk2', threshold='cos(theta) < -0.99', reset='theta = -pi',
                    name='theta_neuron')
run(10*ms)
