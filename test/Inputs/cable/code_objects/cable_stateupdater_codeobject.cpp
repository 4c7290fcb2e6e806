#include "code_objects/cable_stateupdater_codeobject.h"
#include "objects.h"
void _run_cable_stateupdater_codeobject()
{
    using namespace brian;
    const int64_t N = 4;
    const double mV = 0.001;
    const double tau = 0.01;
    double*   _ptr_array_defaultclock_dt = _array_defaultclock_dt;
    double* __restrict  _ptr_array_cable_m = _array_cable_m;
    double* __restrict  _ptr_array_cable_v = _array_cable_v;
    const double dt = _ptr_array_defaultclock_dt[0];
    const int _N = N;
    for(int _idx=0; _idx<_N; _idx++)
    {
        double m = _ptr_array_cable_m[_idx];
        const double v = _ptr_array_cable_v[_idx];
        const double _m = m + ((dt * ((v / mV) - m)) / tau);
        m = _m;
        _ptr_array_cable_m[_idx] = m;
    }
}
