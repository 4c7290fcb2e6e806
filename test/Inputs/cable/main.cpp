#include "objects.h"
#include "run.h"
#include "code_objects/cable_stateupdater_codeobject.h"
#include "code_objects/cable_spatialstateupdater_codeobject.h"
#include "code_objects/cable_spike_thresholder_codeobject.h"
int main(int argc, char **argv)
{
	brian_start();
	{
		using namespace brian;
        _array_defaultclock_dt[0] = 0.0001;
        for(int i=0; i<_num__array_cable_Cm; i++)
        {
            _array_cable_Cm[i] = 0.01;
        }
        _array_cable_Ri[0] = 1.5;
        for(int i=0; i<_num__array_cable_distance; i++)
        {
            _array_cable_distance[i] = _static_array__array_cable_distance[i];
        }
        for(int i=0; i<_num__array_cable_length; i++)
        {
            _array_cable_length[i] = _static_array__array_cable_length[i];
        }
        for(int i=0; i<_num__array_cable_area; i++)
        {
            _array_cable_area[i] = _static_array__array_cable_area[i];
        }
        for(int i=0; i<_num__array_cable_diameter; i++)
        {
            _array_cable_diameter[i] = _static_array__array_cable_diameter[i];
        }
        for(int i=0; i<_num__array_cable_r_length_1; i++)
        {
            _array_cable_r_length_1[i] = _static_array__array_cable_r_length_1[i];
        }
        for(int i=0; i<_num__array_cable_r_length_2; i++)
        {
            _array_cable_r_length_2[i] = _static_array__array_cable_r_length_2[i];
        }
        magicnetwork.clear();
        magicnetwork.add(&defaultclock, _run_cable_stateupdater_codeobject);
        magicnetwork.add(&defaultclock, _run_cable_spatialstateupdater_codeobject);
        magicnetwork.add(&defaultclock, _run_cable_spike_thresholder_codeobject);
        magicnetwork.run(0.1, NULL, 10.0);
	}
	brian_end();
	return 0;
}
