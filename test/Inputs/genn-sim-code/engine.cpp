#ifndef _ENGINE_CC_
#define _ENGINE_CC_
#include "engine.h"

engine::engine()
{
  modelDefinition(model);
  allocateMem();
  initialize();
}

void engine::init(unsigned int which)
{
#ifndef CPU_ONLY
  if (which == GPU) {
    copyStateToDevice();
  }
#endif
}

void engine::run(double duration, unsigned int which)
{
  int riT= (int) (duration/DT+1e-2);
  for (int i= 0; i < riT; i++) {
      t+= DT;
      if (i % 20 == 0)
      {
        copy_genn_to_brian(&gaincells, brian::_array_cells_gain, 1);
        _run_cells_run_regularly();
        copy_brian_to_genn(brian::_array_cells_gain, &gaincells, 1);
      }
#ifndef CPU_ONLY
      if (which == GPU) {
        stepTimeGPU();
        t= t-DT;
      }
#endif
      if (which == CPU) {
        stepTimeCPU();
        t= t-DT;
      }
  }
}
#endif
