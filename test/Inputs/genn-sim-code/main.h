using namespace std;
#include <cassert>
#include "hr_time.h"
#include "utils.h"
#include "stringUtils.h"
#ifndef CPU_ONLY
#include <cuda_runtime.h>
#endif
CStopWatch timer;
