"""What follows when Ray has ended under the daemon: the same process becomes a new scribad, unless that happens again and again.

Nothing of the old life can be saved: its actors are dead, and calls to them hang. Nothing need be: Ray holds no truth (RELIABILITY R8).
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import psutil

# Hands the times of Ray's ends on to the next life, by the clock that runs from the machine's start. No setting, so not called like one.
VARIABLE = "_SCRIBAD_RAY_ENDED"
# Who loses Ray more often than that has a machine on which it cannot live: a person must look, or a service manager decide.
MOST_ENDS = 5
WINDOW_SECONDS = 600.0
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
BURIAL_SECONDS = 5.0


def recent(ends: Sequence[float], now: float) -> list[float]:
    """Keep the ends that still count; those of before the machine's start lie in the future."""
    return [end for end in ends if 0 <= now - end < WINDOW_SECONDS]


def pause_after(ends: Sequence[float]) -> float | None:
    """Give the seconds to wait after so many recent ends of Ray: none after the first. None where it is not tried again."""
    if len(ends) > MOST_ENDS:
        return None
    return 0.0 if len(ends) < 2 else min(FIRST_PAUSE_SECONDS * 2 ** (len(ends) - 2), LONGEST_PAUSE_SECONDS)


def ends_told(environment: Mapping[str, str]) -> list[float]:
    """Read what a former life has handed on."""
    with suppress(ValueError):
        return [float(word) for word in environment.get(VARIABLE, "").split()]
    return []


def begin_next_life(ends: Sequence[float], environment: Mapping[str, str]) -> NoReturn:
    """Become a new scribad, with the arguments of this one: same process id, so whoever watches over us notices nothing.

    All that this process has started must be ended before. `environment` is what this life was started with.
    """
    become({**environment, VARIABLE: " ".join(f"{end:.1f}" for end in ends)})


def become(environment: Mapping[str, str]) -> NoReturn:
    """Begin the program anew in this process, with the same arguments."""
    keep_descriptors_from_next_life()
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], dict(environment))  # noqa: S606  # no shell is wanted


def keep_descriptors_from_next_life() -> None:
    """Have the system close what libraries left open; to close it here, under their threads, could crash us before we are gone."""
    for descriptor in [int(path.name) for path in Path("/dev/fd").iterdir()]:
        if descriptor > sys.stderr.fileno():
            with suppress(OSError):
                os.set_inheritable(descriptor, False)


def end_children() -> None:
    """End every child, and what it has started, and take note of their deaths: the next life would not know them."""
    children = psutil.Process().children(recursive=True)
    for child in children:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    psutil.wait_procs(children, timeout=BURIAL_SECONDS)
