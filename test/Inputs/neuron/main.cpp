#include "objects.h"
#include "run.h"
#include "code_objects/group_stateupdater_codeobject.h"
#include "code_objects/group_spike_thresholder_codeobject.h"
#include "code_objects/group_spike_resetter_codeobject.h"
int main(int argc, char **argv)
{
	brian_start();
	{
		using namespace brian;
        _array_defaultclock_dt[0] = 0.0001;
        for(int i=0; i<_num__array_group_v; i++)
        {
            _array_group_v[i] = - 0.07;
        }
        magicnetwork.clear();
        magicnetwork.add(&defaultclock, _run_group_stateupdater_codeobject);
        magicnetwork.add(&defaultclock, _run_group_spike_thresholder_codeobject);
        magicnetwork.add(&defaultclock, _run_group_spike_resetter_codeobject);
        magicnetwork.run(0.1, NULL, 10.0);
	}
	brian_end();
	return 0;
}
