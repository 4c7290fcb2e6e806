"""Two populations, their input and the synapses between them."""
from brian2 import *

taum = 20*ms
taue = 5*ms
taui = 10*ms
El = -60*mV
sigma = 2*mV
eqs = '''dv/dt = (ge + gi - (v - El))/taum + sigma*xi*taum**-0.5 : volt (unless refractory)
         dge/dt = -ge/taue : volt
         dgi/dt = -gi/taui : volt
         Vt : volt (constant)
         leaky : boolean'''
excitatory = NeuronGroup(8, eqs, threshold='v > Vt', reset='v = El',
                         refractory=5*ms, method='euler', name='excitatory')
inhibitory = NeuronGroup(4, eqs, threshold='v > Vt and not leaky',
                         reset='''v = El
                                  Vt += 0.5*mV''',
                         refractory='2*ms + 1*ms*(i % 2)', method='euler',
                         name='inhibitory')
excitatory.v = 'El + rand()*10*mV'
excitatory.Vt = -50*mV
inhibitory.v = El
inhibitory.Vt = '-52*mV + 0.1*mV*i'
inhibitory.leaky = 'i > 2'
source = PoissonGroup(6, rates=50*Hz, name='source')
drive = Synapses(source, excitatory, on_pre='ge += 1*mV', name='drive')
drive.connect(p=0.3)
forward = Synapses(excitatory, inhibitory, 'w : volt', on_pre='ge += w',
                   name='forward')
forward.connect(p=0.5)
forward.w = '1*mV + rand()*mV'
back = Synapses(inhibitory, excitatory, on_pre='gi += -3*mV', name='back')
back.connect(p=0.5)
spikes = SpikeMonitor(excitatory)
net = Network(collect(), name='everything')
net.run(10*ms)
