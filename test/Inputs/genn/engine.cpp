#ifndef _ENGINE_CC_
#define _ENGINE_CC_
#include "engine.h"
#include "code_objects/cells_run_regularly_codeobject.h"

engine::engine()
{
  allocateMem();
  initialize();
}

void engine::run(double duration)
{
  int riT= (int) (duration/DT+1e-2);
  for (int i= 0; i < riT; i++) {
      if (i % 20 == 0)
      {
          std::copy_n(wcells, 4, brian::_array_cells_w);
          *brian::_array_cells_gain = gaincells;
          _run_cells_run_regularly_codeobject();
          std::copy_n(brian::_array_cells_w, 4, wcells);
          gaincells = *brian::_array_cells_gain;
      }
      if (i % 20 == 0)
      {
          pushcellsStateToDevice();
      }
      stepTime();
      iT--;
      t = iT*DT;
      iT++;
      t = iT*DT;
  }
}
#endif
