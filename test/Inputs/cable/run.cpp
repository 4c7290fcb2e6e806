#include "objects.h"
void brian_start()
{
	_init_arrays();
    brian::defaultclock.dt = brian::_array_defaultclock_dt;
    brian::defaultclock.t = brian::_array_defaultclock_t;
}
void brian_end() {}
