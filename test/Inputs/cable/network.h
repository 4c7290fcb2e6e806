#include "brianlib/clocks.h"
class Network {
public:
    void clear();
    void add(Clock *clock, void (*code)());
    void run(const double duration, void (*report)(const double, const double, const double, const double), const double period);
};
