"""Why the daemon does not start."""


class StartError(Exception):
    """Something outside stands in the way; the words tell the person at the keyboard what, and what to do."""


class MachineRemoved(StartError):
    """The archive does not know this machine any more."""
