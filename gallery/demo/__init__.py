"""The demo gallery: works with labels, ordered from the provider like everything else."""
