#include "code_objects/group_stateupdater_codeobject.h"
#include "objects.h"
#include "brianlib/common_math.h"
void _run_group_stateupdater_codeobject()
{
    using namespace brian;
    const int64_t N = 10;
    const double El = -0.07;
    const double mV = 0.001;
    const double tau = 0.01;
    double*   _ptr_array_defaultclock_dt = _array_defaultclock_dt;
    double*   _ptr_array_defaultclock_t = _array_defaultclock_t;
    double* __restrict  _ptr_array_group_lastspike = _array_group_lastspike;
    char* __restrict  _ptr_array_group_not_refractory = _array_group_not_refractory;
    double* __restrict  _ptr_array_group_v = _array_group_v;
    double* __restrict  _ptr_array_group_w = _array_group_w;
    const double dt = _ptr_array_defaultclock_dt[0];
    const double t = _ptr_array_defaultclock_t[0];
    const int64_t _lio_1 = _timestep(0.002, dt);
    const double _lio_2 = 1.0f*1.0/tau;
    const int _N = N;
    for(int _idx=0; _idx<_N; _idx++)
    {
        const double lastspike = _ptr_array_group_lastspike[_idx];
        char not_refractory = _ptr_array_group_not_refractory[_idx];
        double v = _ptr_array_group_v[_idx];
        const double w = _ptr_array_group_w[_idx];
        not_refractory = _timestep(t - lastspike, dt) >= _lio_1;
        double _v;
        if(!not_refractory)
            _v = v;
        else
            _v = (dt * (_lio_2 * ((El - v) + w))) + v;
        if(not_refractory)
            v = _v;
        _ptr_array_group_not_refractory[_idx] = not_refractory;
        _ptr_array_group_v[_idx] = v;
    }
}
