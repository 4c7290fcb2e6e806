#include "main.h"
#include "net_model.cpp"
#include "net_model_CODE/definitions.h"
#include "objects.h"
#include "code_objects/cells_run_regularly.h"

#include "engine.cpp"

int which;

int main(int argc, char *argv[])
{
  double totalTime= atof(argv[2]);
  which= atoi(argv[3]);
  engine eng;
  _init_arrays();
  {
    using namespace brian;
    _array_defaultclock_dt[0] = 0.0001;
    for(int i=0; i<_num__array_cells_w; i++)
    {
        _array_cells_w[i] = 0.25;
    }
    _array_cells_run_regularly_clock_dt[0] = 0.002;
  }
  initnet_model();
  copy_brian_to_genn(brian::_array_cells_v, vcells, 4);
  copy_brian_to_genn(brian::_array_cells_gain, &gaincells, 1);
  for (int i= 0; i < 4; i++) {
      _seedcells[i]= (uint64_t) (rand()*MYRAND_MAX);
  }
  eng.init(which);
#ifndef CPU_ONLY
  copyStateToDevice();
#endif
  t= -DT;
  eng.run(totalTime, which);
  copy_genn_to_brian(vcells, brian::_array_cells_v, 4);
  return 0;
}
