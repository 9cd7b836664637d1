"""The settings of the daemon: what there is, and where each one comes from."""
