#include "code_objects/cable_spatialstateupdater_codeobject.h"
#include "objects.h"
void _run_cable_spatialstateupdater_codeobject()
{
    using namespace brian;
    const double El = -0.07;
    const double gl = 0.5;
    const int64_t N = 4;
    const size_t _num_starts = 2;
    double* __restrict  _ptr_array_cable_Cm = _array_cable_Cm;
    double* __restrict  _ptr_array_cable_I = _array_cable_I;
    double* __restrict  _ptr_array_cable_Ic = _array_cable_Ic;
    double* __restrict  _ptr_array_cable__I0_all = _array_cable__I0_all;
    double* __restrict  _ptr_array_cable__ab_star1 = _array_cable__ab_star1;
    double* __restrict  _ptr_array_cable__gtot_all = _array_cable__gtot_all;
    double* __restrict  _ptr_array_cable__v_star = _array_cable__v_star;
    double* __restrict  _ptr_array_cable_area = _array_cable_area;
    double* __restrict  _ptr_array_cable_g = _array_cable_g;
    double* __restrict  _ptr_array_cable_m = _array_cable_m;
    double* __restrict  _ptr_array_cable_spatialstateupdater__invr0 = _array_cable_spatialstateupdater__invr0;
    int32_t* __restrict  _ptr_array_cable_spatialstateupdater__starts = _array_cable_spatialstateupdater__starts;
    double* __restrict  _ptr_array_cable_v = _array_cable_v;
    double*   _ptr_array_defaultclock_dt = _array_defaultclock_dt;
    const double _lio_1 = El * gl;
    for(int i=0; i<N; i++)
    {
        const int _idx = i;
        const double I = _ptr_array_cable_I[_idx];
        const double area = _ptr_array_cable_area[_idx];
        const double g = _ptr_array_cable_g[_idx];
        const double m = _ptr_array_cable_m[_idx];
        const double gtot__private = gl + (g * m);
        const double _gtot = gtot__private;
        const double I0__private = _lio_1 + (1.0f*I/area);
        const double _I0 = I0__private;
        _ptr_array_cable__gtot_all[_idx] = _gtot;
        _ptr_array_cable__I0_all[_idx] = _I0;
    }
    for(size_t _s=0; _s<_num_starts; _s++)
    {
        const int _first = _ptr_array_cable_spatialstateupdater__starts[_s];
        const double _invr0 = _ptr_array_cable_spatialstateupdater__invr0[_s];
        double _pivot;
        for(int _j=_first; _j<N; _j++)
        {
            _ptr_array_cable__v_star[_j] = -(_ptr_array_cable_Cm[_j]/_ptr_array_defaultclock_dt[0]*_ptr_array_cable_v[_j])-_ptr_array_cable__I0_all[_j];
            _pivot = _ptr_array_cable__ab_star1[_j]-_ptr_array_cable__gtot_all[_j];
            _ptr_array_cable__v_star[_j] = _ptr_array_cable__v_star[_j]/(_pivot-_invr0);
        }
        for(int _j=N-2; _j>=_first; _j--)
            _ptr_array_cable_v[_j] = _ptr_array_cable__v_star[_j];
    }
    for(int _i=0; _i<N; _i++)
        _ptr_array_cable_Ic[_i] = _ptr_array_cable_v[_i];
}
