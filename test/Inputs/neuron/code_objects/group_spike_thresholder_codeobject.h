void _run_group_spike_thresholder_codeobject();
