#ifndef _BRIAN_CLOCKS_H
#define _BRIAN_CLOCKS_H
#include <stdint.h>
#include <stdlib.h>
class Clock {
public:
    double *dt, *t;
    int64_t *timestep;
};
#endif
