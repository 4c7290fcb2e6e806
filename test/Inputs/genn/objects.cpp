#include "objects.h"
namespace brian {
double * _array_defaultclock_dt;
const int _num__array_defaultclock_dt = 1;
double * _array_defaultclock_t;
const int _num__array_defaultclock_t = 1;
int64_t * _array_defaultclock_timestep;
const int _num__array_defaultclock_timestep = 1;
int32_t * _array_cells__spikespace;
const int _num__array_cells__spikespace = 5;
double * _array_cells_drive;
const int _num__array_cells_drive = 4;
double * _array_cells_gain;
const int _num__array_cells_gain = 1;
int32_t * _array_cells_i;
const int _num__array_cells_i = 4;
double * _array_cells_lastspike;
const int _num__array_cells_lastspike = 4;
char * _array_cells_not_refractory;
const int _num__array_cells_not_refractory = 4;
double * _array_cells_v;
const int _num__array_cells_v = 4;
double * _array_cells_w;
const int _num__array_cells_w = 4;
double * _array_cells_run_regularly_clock_dt;
const int _num__array_cells_run_regularly_clock_dt = 1;
Clock defaultclock;
}
void _init_arrays()
{
    using namespace brian;
    _array_cells_i = new int32_t[4];
    for(int i=0; i<4; i++) _array_cells_i[i] = 0 + i;
}
