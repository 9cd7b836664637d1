"""What a decoder puts on itself before it sees a file; none of it can be taken off again."""

import os
import signal
from dataclasses import dataclass

from actors.sandbox.kernel import architecture, die_with_parent, forbid_new_privileges
from actors.sandbox.landlock import SIGNALS_SCOPED_SINCE, landlock_version, restrict, rules_of
from actors.sandbox.level import ConfinementFailed, SandboxLevel
from actors.sandbox.limits import MAX_PROCESSES, MAX_PROCESSES_OF_USER, lower_priority, set_limits
from actors.sandbox.seccomp import filter_program, install_filter
from actors.sandbox.view import View, from_json, to_json
from actors.sandbox.warden import leave_a_warden


@dataclass(frozen=True, slots=True)
class Confinement:
    """How a program shuts itself in: the level that it was started for, and what it may see."""

    level: SandboxLevel
    view: View

    def argument(self) -> str:
        """Write it as one argument of a program."""
        return f"{self.level.value}:{to_json(self.view)}"


def confinement_from(argument: str) -> Confinement:
    """Read it from a program's argument."""
    level, _, view = argument.partition(":")
    return Confinement(SandboxLevel(level), from_json(view))


def confine(confinement: Confinement) -> None:
    """Shut this process in; raises ConfinementFailed. To be called before there is a second thread.

    Inside bubblewrap this is the second wall, and Landlock may be missing; without, it is the only one, and everything must hold.
    """
    parent = os.getppid()
    lower_priority()
    set_limits(MAX_PROCESSES if confinement.level is SandboxLevel.BUBBLEWRAP else MAX_PROCESSES_OF_USER)
    if confinement.level is SandboxLevel.LANDLOCK:
        parent = leave_a_warden()
    die_with_parent(signal.SIGKILL, parent)
    if confinement.level is SandboxLevel.NONE:
        return
    forbid_new_privileges()
    version = landlock_version()
    if version:
        restrict(rules_of(confinement.view), version)
    elif confinement.level is SandboxLevel.LANDLOCK:
        raise ConfinementFailed("the kernel has no Landlock, or it is switched off")
    # In bubblewrap a process sees nobody whom it could signal.
    signals_kept_in = confinement.level is SandboxLevel.BUBBLEWRAP or version >= SIGNALS_SCOPED_SINCE
    own_process = None if signals_kept_in else os.getpid()
    install_filter(filter_program(architecture(), own_process=own_process, roomy=confinement.view.roomy))
