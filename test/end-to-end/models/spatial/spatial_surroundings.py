"""What may stand in and beside a neuron with compartments."""
from brian2 import *

gL = 1e-4*siemens/cm**2
EL = -70*mV
E_e = 0*mV
tau = 5*ms
morpho = Soma(30*um)
morpho.axon = Cylinder(diameter=1*um, length=100*um, n=5)
morpho.dendrite = Cylinder(diameter=1*um, length=50*um, n=3)
eqs = '''
Im = gL*(EL - v) + g*(E_e - v) + I_leak : amp/meter**2
I_leak = scale*gL*(EL - v)/2 : amp/meter**2 (constant over dt)
dg/dt = -g/tau : siemens/meter**2
dx/dt = (y - x)/tau : 1
y : 1
z : metre (constant)
scale : 1 (shared, constant)
is_on : boolean
n_on : integer
I_syn : amp (point current)
I_gap : amp (point current)
s = x**2 : 1
'''
neuron = SpatialNeuron(morphology=morpho, model=eqs, method='euler',
                       threshold='v > -50*mV and is_on', threshold_location=3,
                       reset='''x += 0.5
                                y = x*g/gL''',
                       refractory='3*ms*(1 + int(x > 1))',
                       events={'high': 'x > 2 and i == 1'},
                       name='whole_neuron')
neuron.run_on_event('high', 'x = 0')
axon = neuron.axon  # Brian2CUDA looks at it after the run
axon.run_regularly('y = 0.5*rand()', dt=1*ms)
neuron.run_regularly('n_on = n_on + int(is_on)', dt=2*ms)
neuron.v = EL
neuron.scale = 2
axon.Cm = '0.5*uF/cm**2*(1 + rand())'
source = NeuronGroup(4, 'dw/dt = 100*Hz : 1', method='euler',
                     threshold='w > 1', reset='w = 0', name='source')
S = Synapses(source, neuron, '''ds_in/dt = -s_in/tau : amp (clock-driven)
                                I_syn_post = s_in : amp (summed)''',
             on_pre='s_in += 1*nA', method='exact')
S.connect(i=[0, 1], j=[2, 4])
P = Synapses(source, neuron.axon, on_pre='g += gL')
P.connect(i=[0, 1], j=[2, 4])
back = Synapses(neuron, source, on_pre='w += 0.1')
back.connect(i=[3], j=[0])
M = StateMonitor(neuron, ['v', 'Im', 's', 'time_constant', 'space_constant',
                          'volume'], record=[0, 1])
M2 = StateMonitor(neuron.axon, ['v', 'g'], record=True)
spikes = SpikeMonitor(neuron)
events = EventMonitor(neuron, 'high')
run(2*ms)
neuron.Ri = 200*ohm*cm
run(1*ms)
