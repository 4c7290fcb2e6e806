#!/usr/bin/python3
"""Tests of what judges mutants: each breaks one thing and wants it noticed."""
import types
import unittest

import bodies
import cpp
import digits
import mutants
import mutations
import pieces
import steps

STEP = '''{
    double* __restrict _ptr_array_g_v = _array_g_v;
    double* _ptr_array_clock_dt = _array_clock_dt;
    const double tau = 0.01;
    const int64_t N = 5;
    const double dt = _ptr_array_clock_dt[0];
    for(int _idx=0; _idx<N; _idx++)
    {
        double v = _ptr_array_g_v[_idx];
        const double _v = v + dt * (1.0f*(- v)/tau);
        v = _v;
        _ptr_array_g_v[_idx] = v;
    }
}'''
GROUP = {'method': 'euler', 'identifiers': {'tau': {'value_si': 0.01}},
         'equations': {'v': {'expr': '-v/tau', 'dtype': 'float',
                             'type': 'differential equation'}}}


def piece(text):
    body = cpp.parse(text)
    return types.SimpleNamespace(
        body=body, options=dict, memory=lambda: bodies.Memory({0.01}))


def same(text, one, other):
    """Whether a change of `one` into `other` leaves the results."""
    start = text.index(one)
    site = mutations.Site('', (start, start + len(one), other))
    return mutants.does_the_same(piece(text), cpp.parse(site.apply(text)),
                                 site)


def problems(group, text=STEP):
    body = cpp.parse(text)
    return steps.problems(group, 'stateupdater', '', body,
                          steps.variables_of(body), {0.01}, {})


class Evaluator(unittest.TestCase):
    def test_equivalent(self):
        self.assertTrue(same(STEP, '1.0f*(- v)', '(- v)*1.0f'))
        self.assertTrue(same(STEP, 'v = _v;', 'v = _v; v = _v;'))

    def test_not_equivalent(self):
        for one, other in (('(- v)', '(v)'), ('v = _v;', ';'),
                           ('_idx<N', '_idx<=N'), ('N = 5', 'N = 6'),
                           ('v[_idx];', 'v[0];'), ('v + dt', 'dt'),
                           ('const double _v', 'const int32_t _v')):
            self.assertFalse(same(STEP, one, other), one)

    def test_borders(self):
        text = STEP.replace('v = _v;', 'if (v > 1) v = 0;')
        for other in ('>=', '<', '<=', '!='):
            self.assertFalse(same(text, '> 1', f'{other} 1'), other)

    def test_what_does_not_compile(self):
        for one, other in (('v = _v', '_v = v'), ('= _v', '= w'),
                           ('[_idx]', '[v]')):
            with self.assertRaises(cpp.Invalid):
                same(STEP, one, other)


class Reading(unittest.TestCase):
    def test_right(self):
        self.assertEqual(problems(GROUP), [])

    def test_wrong(self):
        for expr in ('v/tau', '-v/tau + 1e-3/tau', '-2*v/tau'):
            said = {**GROUP, 'equations': {
                'v': {**GROUP['equations']['v'], 'expr': expr}}}
            self.assertTrue(problems(said), expr)

    def test_wrong_method(self):
        for method in ('rk2', 'rk4', 'exact', 'exponential_euler'):
            self.assertTrue(problems({**GROUP, 'method': method}), method)

    def test_wrong_constant(self):
        said = {**GROUP, 'identifiers': {'tau': {'value_si': 0.011}}}
        self.assertTrue(problems(said))


    def test_with_many_digits(self):
        with digits.many():
            self.assertEqual(problems(GROUP), [])
            for expr in ('v/tau', '-2*v/tau'):
                said = {**GROUP, 'equations': {
                    'v': {**GROUP['equations']['v'], 'expr': expr}}}
                self.assertTrue(problems(said), expr)

    def test_digits_that_are_lost(self):
        """1 - cos(x)**2 is sin(x)**2, of which long doubles know nothing."""
        text = STEP.replace('v + dt * (1.0f*(- v)/tau)', 'pow(sin(1e-11*v), 2)')
        one, other = 'pow(sin(1e-11*v), 2)', '(1 - pow(cos(1e-11*v), 2))'
        site = mutations.Site('', (text.index(one), text.index(one) + len(one),
                                   other))
        body = cpp.parse(site.apply(text))
        self.assertFalse(mutants.is_same(piece(text), body, site))
        with digits.many():
            self.assertTrue(mutants.is_same(piece(text), body, site))


KERNEL = '''
__global__ void _run_kernel_x(int _N, double* _ptr_array_g_v, double* _randn_buffer)
{
    int _idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (_idx >= _N) { return; }
    double v = _ptr_array_g_v[_idx];
    v = v + _randn(_idx + 0 * _N) - _randn(_idx + 1 * _N);
    _ptr_array_g_v[_idx] = v;
}
void _run_x()
{
    _run_kernel_x<<<1, 2>>>(_N, dev_array_g_v, dev_x_randn);
}
'''
GSL = '''
struct _dataholder
{
    int _idx;
    double* __restrict _ptr_array_g_v;
};
int set_dimension(size_t * dimension)
{
    dimension[0] = 1;
    return GSL_SUCCESS;
}
int _fill_y_vector(_dataholder *_GSL_dataholder, double * _GSL_y, int _idx)
{
    _GSL_y[0] = _GSL_dataholder->_ptr_array_g_v[_idx];
    return GSL_SUCCESS;
}
int _empty_y_vector(_dataholder *_GSL_dataholder, double * _GSL_y, int _idx)
{
    _GSL_dataholder->_ptr_array_g_v[_idx] = _GSL_y[0];
    return GSL_SUCCESS;
}
int _GSL_func(double t, const double _GSL_y[], double f[], void * params)
{
    _dataholder * _GSL_dataholder = (_dataholder *) params;
    const double v = _GSL_y[0];
    f[0] = - v*t;
    return GSL_SUCCESS;
}
void _run_x()
{
    double* _ptr_array_g_v = _array_g_v;
    struct _dataholder _GSL_dataholder;
    double _GSL_y[1];
    gsl_odeiv2_system _sys;
    _sys.function = _GSL_func;
    set_dimension(&_sys.dimension);
    _sys.params = &_GSL_dataholder;
    gsl_odeiv2_driver * _GSL_driver = gsl_odeiv2_driver_alloc_scaled_new(
        &_sys, gsl_odeiv2_step_rk4, 0.1, 1);
    _GSL_dataholder._ptr_array_g_v = _ptr_array_g_v;
    for (int _idx=0; _idx<2; _idx++)
    {
        double t = 1.0;
        double t1 = t + 0.1;
        _fill_y_vector(&_GSL_dataholder, _GSL_y, _idx);
        if (gsl_odeiv2_driver_apply(_GSL_driver, &t, t1, _GSL_y) != GSL_SUCCESS)
        {
            exit(1);
        }
        _empty_y_vector(&_GSL_dataholder, _GSL_y, _idx);
    }
}
'''


class Programs(unittest.TestCase):
    """Kernels and steps of the GSL do what they say."""

    def same(self, kind, text, one, other):
        def read(text):
            maker = kind.__new__(kind)
            maker.role = 'stateupdater'
            return maker.read(text)
        start = text.index(one)
        site = mutations.Site('', (start, start + len(one), other))
        subject = types.SimpleNamespace(
            body=read(text), options=dict,
            memory=lambda: bodies.Memory({0.01}))
        return mutants.does_the_same(subject, read(site.apply(text)), site)

    def test_kernel(self):
        for one, other in (('_idx >= _N', '_idx > _N'), ('1 * _N', '0 * _N'),
                           ('blockIdx.x * ', ''), ('v[_idx] = v', 'v[0] = v')):
            self.assertFalse(self.same(pieces.Cuda, KERNEL, one, other), one)
        for one, other in (('0 * _N', '2 * _N'), ('return;', 'return; ;')):
            self.assertTrue(self.same(pieces.Cuda, KERNEL, one, other), one)

    def test_gsl(self):
        for one, other in (('- v*t', '- v'), ('t + 0.1', 't + 0.2'),
                           ('step_rk4', 'step_rk2'), ('_GSL_y[0];', 'v[0];'),
                           ('v[_idx] = _GSL', 'v[0] = _GSL'), ('<2', '<1'),
                           ('_empty_y_vector(&', '_fill_y_vector(&')):
            try:
                same = self.same(pieces.Gsl, GSL, one, other)
            except cpp.Invalid:
                same = False
            self.assertFalse(same, one)
        self.assertTrue(self.same(pieces.Gsl, GSL, '0.1, 1)', '0.2, 1)'))


GENN = r'''
class gNEURON : public NeuronModels::Base
{
    SET_SIM_CODE("// Update state variables and the threshold condition\n\
\n\
$(not_refractory) = _timestep(t - $(lastspike), DT) >= _timestep(0.01, DT);\n\
double _v = DT*(- $(v))/$(tau) + $(v);\n\
$(v) = _v;\n\
char _cond = ($(v) > 0.005) && $(not_refractory);");
    SET_THRESHOLD_CONDITION_CODE("_cond");
    SET_RESET_CODE("if($(not_refractory))\n\
    $(v) = - $(v);\n\
$(lastspike) = t;\n\
$(not_refractory) = false;");
    SET_SUPPORT_CODE("");
    SET_PARAM_NAMES({
        "tau"    });
    SET_VARS({
        {"v", "double"},        {"lastspike", "double"},        {"not_refractory", "char"}    });
    SET_EXTRA_GLOBAL_PARAMS({
    });
};
IMPLEMENT_MODEL(gNEURON);
gNEURON::ParamValues g_p
(
    0.01);
'''
POPULATION = {**GROUP, 'events': {'spike': {
    'threshold': 'v > 0.005', 'reset': 'v = -v', 'refractory': '10. ms'}}}


class GennStrings(unittest.TestCase):
    def read(self, text):
        maker = pieces.Genn.__new__(pieces.Genn)
        maker.group = 'g'
        maker.body = maker.read(text)
        maker.memory = lambda: bodies.Memory({0.01})
        return maker

    def problems(self, text, group=POPULATION):
        piece = self.read(text)
        return steps.problems(group, 'population', 'spike', piece.body,
                              piece.names(), {0.01}, piece.options())

    def test_right(self):
        self.assertEqual(self.problems(GENN), [])

    def test_wrong(self):
        for one, other in (('DT*(- ', 'DT*('), ('$(v) > 0', '$(v) < 0'),
                           ('$(v) = - ', '$(v) = '), ('_timestep(0.01',
                                                      '_timestep(0.02'),
                           (' && $(not_refractory)', ''), ('= t;', '= 0;'),
                           ('= false', '= true'), ('"_cond"', '"!(_cond)"'),
                           ('    0.01)', '    0.02)')):
            self.assertTrue(self.problems(GENN.replace(one, other)), one)

    def test_event_that_is_not_printed(self):
        self.assertIn('an event that is not printed', self.problems(
            GENN, {**GROUP, 'events': {}}))

    def test_mutants(self):
        piece = self.read(GENN)
        sites = mutations.sites(piece.body, GENN)
        self.assertLessEqual({'sign', 'constant', 'variable', 'swap',
                              'statement', 'logic'}, {s.kind for s in sites})
        for site in sites:
            for _, _, new, *_ in site.edits:  # variables stay GeNN's
                self.assertNotRegex(new, r'(?<!\()\b(v|lastspike|tau)\b')
        same = [site for site in sites if self.is_same(piece, site)]
        self.assertLess(len(same), len(sites) / 4)

    def is_same(self, piece, site):
        try:
            return mutants.is_same(piece, piece.read(site.apply(GENN)),
                                   site)
        except cpp.Invalid:
            return False


class Sites(unittest.TestCase):
    def test_kinds(self):
        kinds = {site.kind for site in mutations.sites(
            cpp.parse(STEP), STEP)}
        self.assertLessEqual({'sign', 'constant', 'statement', 'order',
                              'term', 'index', 'comparison'}, kinds)

    def test_places(self):
        site = mutations.Site('', (3, 5, 'abcd'), (8, 9, ''))
        self.assertEqual(site.apply('0123456789'), '012abcd5679')
        self.assertEqual([site.back(k) for k in (2, 4, 7, 9, 10)],
                         [2, 3, 5, 7, 9])


if __name__ == '__main__':
    unittest.main()
