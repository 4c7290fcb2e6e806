#include "code_objects/group_spike_thresholder_codeobject.h"
#include "objects.h"
void _run_group_spike_thresholder_codeobject()
{
    using namespace brian;
    const int64_t N = 10;
    const double mV = 0.001;
    int32_t* __restrict  _ptr_array_group__spikespace = _array_group__spikespace;
    double* __restrict  _ptr_array_group_lastspike = _array_group_lastspike;
    char* __restrict  _ptr_array_group_not_refractory = _array_group_not_refractory;
    double*   _ptr_array_defaultclock_t = _array_defaultclock_t;
    double* __restrict  _ptr_array_group_v = _array_group_v;
    long _count = 0;
    for(size_t _idx=0; _idx<N; _idx++)
    {
        const char not_refractory = _ptr_array_group_not_refractory[_idx];
        const double v = _ptr_array_group_v[_idx];
        char _cond;
        if(!not_refractory)
            _cond = (v > ((- 50.0) * mV)) && false;
        else
            _cond = (v > ((- 50.0) * mV)) && true;
        if(_cond) {
            _ptr_array_group__spikespace[_count++] = _idx;
            _ptr_array_group_not_refractory[_idx] = false;
            _ptr_array_group_lastspike[_idx] = _ptr_array_defaultclock_t[0];
        }
    }
    _ptr_array_group__spikespace[N] = _count;
}
