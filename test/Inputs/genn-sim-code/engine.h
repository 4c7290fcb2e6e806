#ifndef ENGINE_H
#define ENGINE_H
#include "net_model_CODE/definitions.h"
class engine
{
 public:
  NNmodel model;
  engine();
  void init(unsigned int);
  void run(double, unsigned int);
};
#endif
