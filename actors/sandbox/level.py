"""How far decoders are shut in on this machine."""

from collections.abc import Iterable
from enum import StrEnum


class SandboxLevel(StrEnum):
    """What stands between a decoder and the machine, the strongest first.

    `BUBBLEWRAP`: namespaces of its own, and inside them all that `LANDLOCK` has. `LANDLOCK`: the kernel's file rules, a filter of system
    calls and limits, which the decoder puts on itself before it sees a file. `NONE`: limits alone.
    """

    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    NONE = "none"


def weakest(levels: Iterable[SandboxLevel]) -> SandboxLevel | None:
    """Give the weakest of several levels; None of none."""
    return max(levels, key=list(SandboxLevel).index, default=None)


class SandboxUnavailable(Exception):
    """Nothing here can shut decoders in; the words say what to install, or which setting does without."""


class ConfinementFailed(Exception):
    """The kernel refused a part of the confinement; the words say which."""
