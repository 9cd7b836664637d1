"""Who plays what: one module for each actor, so that its process imports its own part and no other's."""
