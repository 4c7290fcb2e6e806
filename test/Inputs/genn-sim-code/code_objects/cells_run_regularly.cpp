#include "code_objects/cells_run_regularly.h"
void _run_cells_run_regularly()
{
    using namespace brian;
    double* _ptr_array_cells_gain = _array_cells_gain;
    int _vectorisation_idx = -1;
    double gain = _ptr_array_cells_gain[0];
    gain += 0.01;
    _ptr_array_cells_gain[0] = gain;
}
