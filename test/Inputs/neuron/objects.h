// The smallest project of the shape that Brian2 2.5 generates: one group, one run.
// Tests copy it and replace single files.
#ifndef _BRIAN_OBJECTS_H
#define _BRIAN_OBJECTS_H
#include "brianlib/clocks.h"
#include "network.h"
namespace brian {
extern Clock defaultclock;
extern Network magicnetwork;
extern int32_t *_array_group__spikespace;
extern const int _num__array_group__spikespace;
extern int32_t *_array_group_i;
extern const int _num__array_group_i;
extern double *_array_group_lastspike;
extern const int _num__array_group_lastspike;
extern char *_array_group_not_refractory;
extern const int _num__array_group_not_refractory;
extern double *_array_group_v;
extern const int _num__array_group_v;
extern double *_array_group_w;
extern const int _num__array_group_w;
extern double *_array_defaultclock_dt;
extern const int _num__array_defaultclock_dt;
extern double *_array_defaultclock_t;
extern const int _num__array_defaultclock_t;
}
void _init_arrays();
#endif
