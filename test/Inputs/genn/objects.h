#ifndef _BRIAN_OBJECTS_H
#define _BRIAN_OBJECTS_H
#include "brianlib/clocks.h"
#include <stdint.h>
namespace brian {
extern Clock defaultclock;
extern double *_array_defaultclock_dt;
extern const int _num__array_defaultclock_dt;
extern double *_array_defaultclock_t;
extern const int _num__array_defaultclock_t;
extern int64_t *_array_defaultclock_timestep;
extern const int _num__array_defaultclock_timestep;
extern int32_t *_array_cells__spikespace;
extern const int _num__array_cells__spikespace;
extern double *_array_cells_drive;
extern const int _num__array_cells_drive;
extern double *_array_cells_gain;
extern const int _num__array_cells_gain;
extern int32_t *_array_cells_i;
extern const int _num__array_cells_i;
extern double *_array_cells_lastspike;
extern const int _num__array_cells_lastspike;
extern char *_array_cells_not_refractory;
extern const int _num__array_cells_not_refractory;
extern double *_array_cells_v;
extern const int _num__array_cells_v;
extern double *_array_cells_w;
extern const int _num__array_cells_w;
extern double *_array_cells_run_regularly_clock_dt;
extern const int _num__array_cells_run_regularly_clock_dt;
}
void _init_arrays();
#endif
