"""Many constructs at once, as real scripts mix them."""
from brian2 import *
tau = 10*ms
sigma = 0.3
f0 = 10*Hz
ta = TimedArray(np.arange(10.), dt=1*ms)
@implementation('cpp', 'double foo3(double a, double b, double c) { return a*b+c; }')
@check_units(a=1,b=1,c=1,result=1)
def foo3(a,b,c):
    return a*b+c
A = NeuronGroup(3, '''dv/dt = (foo3(v, w, 2) - v + ta(t-1*ms))/tau + int(t % (10*ms) < 1*ms)*Hz : 1 (unless refractory)
 dw/dt = (exprel(v) - w*int(on) + int(off)*k)/tau : 1
 on : boolean
 off : boolean (constant)
 k : integer (constant)
 thr : 1''', method='rk4', threshold='v > thr and on', reset='''v = 0
 thr += 0.1*int(on)
 on = not on''', refractory='2*ms + k*ms', name='A')
B = NeuronGroup(1, '''dv/dt = poisson(0.3)/tau - v/tau + clip(u, -1, 1)*f0 + int(v > 1)*f0: 1
 du/dt = floor(v*3)/tau - ceil(u)/tau + (k // 2)*f0 + sign(v)*abs(u)*f0: 1
 k : integer''', method='euler', name='B', threshold='v>1 or (u < 0 and not v == 0.5)', refractory='v > 0.9', reset='v = rand()\nu = v*2 + randn()')
C = NeuronGroup(4, '''dx/dt = (a*x + b*y)/tau : 1
 dy/dt = (b*x + a*y)/tau : 1
 dz/dt = (x-z)/tau : 1
 a : 1 (shared, constant)
 b : 1 (constant)
''', method='exact', name='C', threshold='x > y', events={'e1':'x > 0.5','e2':'y > 0.5'})
C.run_on_event('e1', 'z = 0; x = y; y = x')
C.run_on_event('e2', 'tmp = x\nx = y\ny = tmp', when='after_resets')
D = NeuronGroup(2, '''dx/dt = -x/tau + sigma*xi_a*sqrt(2/tau) + 0.1*y*xi_b/sqrt(tau) : 1
  dy/dt = (x-y)/tau + 0.2*y*xi_a/sqrt(tau): 1 (unless refractory)''', method='heun', name='D', refractory=1.5*ms, threshold='x>1', reset='x=0')
E = NeuronGroup(2, '''dx/dt = -x*tanh(y)/tau + cosh(x)*f0*1e-3 : 1
 dy/dt = (arctan(x) - y*log(1+x**2))/tau + arcsin(clip(x,-1,1))*f0 : 1''', method='rk2', name='E')
F = NeuronGroup(2, '''dx/dt = -x/tau*int(not_refractory) + rand()*f0 : 1
 dy/dt = -y**3/tau + 10**(-y)*f0 + 2**y*f0 + y**0.5*f0 + abs(y)**1.5*f0: 1''', threshold='x > 1', reset='x -= 1; y *= 2; y /= 3', refractory=3*ms, method='euler', name='F')
G = NeuronGroup(3, '''dv/dt = (a - v)/tau : 1
 a = b*2 + c : 1
 b = sin(2*pi*f0*t) : 1 (shared)
 c : 1''', method='euler', name='G', threshold='v > a', reset='v = -a; c += 1')
M = StateMonitor(G, ['a','b'], record=True)
A.run_regularly('v += 0.01*rand(); w = v*2', dt=5*ms, when='end')
run(1*ms)
