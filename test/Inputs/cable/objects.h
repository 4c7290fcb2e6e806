// The smallest project with a neuron of compartments: four of them, two
// sections. The solver is a sketch of one; what matters is how it uses what the
// first loop computes.
#ifndef _BRIAN_OBJECTS_H
#define _BRIAN_OBJECTS_H
#include "brianlib/clocks.h"
#include "network.h"
namespace brian {
extern Clock defaultclock;
extern Network magicnetwork;
extern int32_t *_array_cable__spikespace;
extern const int _num__array_cable__spikespace;
extern int32_t *_array_cable_i;
extern const int _num__array_cable_i;
extern double *_array_cable_v;
extern const int _num__array_cable_v;
extern double *_array_cable_m;
extern const int _num__array_cable_m;
extern double *_array_cable_g;
extern const int _num__array_cable_g;
extern double *_array_cable_I;
extern const int _num__array_cable_I;
extern double *_array_cable_Cm;
extern const int _num__array_cable_Cm;
extern double *_array_cable_Ri;
extern const int _num__array_cable_Ri;
extern double *_array_cable_Ic;
extern const int _num__array_cable_Ic;
extern double *_array_cable_volume;
extern const int _num__array_cable_volume;
extern double *_array_cable_area;
extern const int _num__array_cable_area;
extern double *_array_cable_length;
extern const int _num__array_cable_length;
extern double *_array_cable_distance;
extern const int _num__array_cable_distance;
extern double *_array_cable_diameter;
extern const int _num__array_cable_diameter;
extern double *_array_cable_r_length_1;
extern const int _num__array_cable_r_length_1;
extern double *_array_cable_r_length_2;
extern const int _num__array_cable_r_length_2;
extern double *_array_cable__ab_star0;
extern const int _num__array_cable__ab_star0;
extern double *_array_cable__ab_star1;
extern const int _num__array_cable__ab_star1;
extern double *_array_cable__I0_all;
extern const int _num__array_cable__I0_all;
extern double *_array_cable__gtot_all;
extern const int _num__array_cable__gtot_all;
extern double *_array_cable__v_star;
extern const int _num__array_cable__v_star;
extern double *_array_cable_spatialstateupdater__invr0;
extern const int _num__array_cable_spatialstateupdater__invr0;
extern int32_t *_array_cable_spatialstateupdater__starts;
extern const int _num__array_cable_spatialstateupdater__starts;
extern double *_array_defaultclock_dt;
extern const int _num__array_defaultclock_dt;
extern double *_array_defaultclock_t;
extern const int _num__array_defaultclock_t;
extern double *_static_array__array_cable_area;
extern const int _num__static_array__array_cable_area;
extern double *_static_array__array_cable_length;
extern const int _num__static_array__array_cable_length;
extern double *_static_array__array_cable_distance;
extern const int _num__static_array__array_cable_distance;
extern double *_static_array__array_cable_diameter;
extern const int _num__static_array__array_cable_diameter;
extern double *_static_array__array_cable_r_length_1;
extern const int _num__static_array__array_cable_r_length_1;
extern double *_static_array__array_cable_r_length_2;
extern const int _num__static_array__array_cable_r_length_2;
}
void _init_arrays();
#endif
