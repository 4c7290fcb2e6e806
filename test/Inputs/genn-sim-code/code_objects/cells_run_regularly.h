#include "objects.h"
void _run_cells_run_regularly();
