#include "code_objects/cable_spike_thresholder_codeobject.h"
#include "objects.h"
void _run_cable_spike_thresholder_codeobject()
{
    using namespace brian;
    const int64_t N = 4;
    int32_t* __restrict  _ptr_array_cable__spikespace = _array_cable__spikespace;
    int32_t* __restrict  _ptr_array_cable_i = _array_cable_i;
    double* __restrict  _ptr_array_cable_m = _array_cable_m;
    long _count = 0;
    for(size_t _idx=0; _idx<N; _idx++)
    {
        const int32_t i = _ptr_array_cable_i[_idx];
        const double m = _ptr_array_cable_m[_idx];
        const char _cond = (m > 0.5) && (i == 2);
        if(_cond) {
            _ptr_array_cable__spikespace[_count++] = _idx;
        }
    }
    _ptr_array_cable__spikespace[N] = _count;
}
