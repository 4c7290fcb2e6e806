#include "objects.h"
#include "code_objects/cells_run_regularly_codeobject.h"
void _run_cells_run_regularly_codeobject()
{
    using namespace brian;
    const int _N = 4;
    double* _ptr_array_cells_w = _array_cells_w;
    for(int _idx=0; _idx<_N; _idx++)
    {
        double w = _ptr_array_cells_w[_idx];
        w = 0.5 * w;
        _ptr_array_cells_w[_idx] = w;
    }
}
