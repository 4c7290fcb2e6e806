#ifndef ENGINE_H
#define ENGINE_H
#include "net_model_CODE/definitions.h"
class engine
{
 public:
  engine();
  void run(double);
};
#endif
