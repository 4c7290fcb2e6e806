#include "objects.h"
namespace brian {
Network magicnetwork;
int32_t * _array_group__spikespace;
const int _num__array_group__spikespace = 11;
int32_t * _array_group_i;
const int _num__array_group_i = 10;
double * _array_group_lastspike;
const int _num__array_group_lastspike = 10;
char * _array_group_not_refractory;
const int _num__array_group_not_refractory = 10;
double * _array_group_v;
const int _num__array_group_v = 10;
double * _array_group_w;
const int _num__array_group_w = 10;
double * _array_defaultclock_dt;
const int _num__array_defaultclock_dt = 1;
double * _array_defaultclock_t;
const int _num__array_defaultclock_t = 1;
Clock defaultclock;
}
void _init_arrays()
{
	using namespace brian;
	_array_group_i = new int32_t[10];
	for(int i=0; i<10; i++) _array_group_i[i] = 0 + i;
}
