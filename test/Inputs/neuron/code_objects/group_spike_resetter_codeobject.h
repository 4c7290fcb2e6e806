void _run_group_spike_resetter_codeobject();
