void _run_cable_stateupdater_codeobject();
