void _run_group_stateupdater_codeobject();
