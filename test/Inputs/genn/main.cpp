#include "main.h"
#include "net_model_CODE/definitions.h"
#include "objects.h"
#include "engine.cpp"

int main(int argc, char *argv[])
{
  double totalTime= atof(argv[2]);
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
  std::copy_n(brian::_array_cells_v, 4, vcells);
  std::copy_n(brian::_array_cells_w, 4, wcells);
  std::copy_n(brian::_array_cells_gain, 1, &gaincells);
  initializeSparse();
  t= 0.;
  eng.run(totalTime);
  std::copy_n(vcells, 4, brian::_array_cells_v);
  return 0;
}
