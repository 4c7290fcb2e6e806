#include "code_objects/group_spike_resetter_codeobject.h"
#include "objects.h"
void _run_group_spike_resetter_codeobject()
{
    using namespace brian;
    const double El = -0.07;
    const double b = 0.005;
    const int64_t N = 10;
    int32_t* __restrict  _ptr_array_group__spikespace = _array_group__spikespace;
    double* __restrict  _ptr_array_group_v = _array_group_v;
    double* __restrict  _ptr_array_group_w = _array_group_w;
    const int32_t *_events = _ptr_array_group__spikespace;
    const int32_t _num_events = _ptr_array_group__spikespace[N];
    for(int32_t _index_events=0; _index_events<_num_events; _index_events++)
    {
        const size_t _idx = _events[_index_events];
        double v;
        double w = _ptr_array_group_w[_idx];
        v = El;
        w += b;
        _ptr_array_group_v[_idx] = v;
        _ptr_array_group_w[_idx] = w;
    }
}
