"""The processes that stand between an actor and its decoder; their command lines bear the decoder's words."""

import psutil

from actors.sandbox.bubblewrap import PROGRAM
from actors.sandbox.warden import NAME


def is_guard(process: psutil.Process) -> bool:
    """Tell whether a process is bubblewrap's or a warden."""
    try:
        return process.name() in {PROGRAM, NAME}
    except psutil.NoSuchProcess:
        return False
