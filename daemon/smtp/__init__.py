"""The door for mail (SMTP): for scanners that can send nothing else."""
