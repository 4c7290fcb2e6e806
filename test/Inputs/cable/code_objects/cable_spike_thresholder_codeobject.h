void _run_cable_spike_thresholder_codeobject();
