"""The way out: whom the archive may call, and connections to nobody else."""
