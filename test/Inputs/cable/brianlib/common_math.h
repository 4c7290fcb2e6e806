#ifndef _BRIAN_COMMON_MATH_H
#define _BRIAN_COMMON_MATH_H
#include <stdint.h>
static inline int64_t _timestep(double t, double dt)
{
    return (int64_t)((t + 1e-3*dt)/dt);
}
#endif
