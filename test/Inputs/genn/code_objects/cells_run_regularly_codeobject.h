void _run_cells_run_regularly_codeobject();
