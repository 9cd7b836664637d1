"""Where an actor works, on whichever machine it is."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Whoever begins Ray on a machine sets it, and Ray hands it to its processes there: so no path need travel to other machines.
VARIABLE = "_SCRIBAD_PLACE"


@dataclass(frozen=True, slots=True)
class Place:
    """The machine's own part of what an actor needs. Without `log_socket` lines go to stderr; `failpoints` is there in tests alone."""

    scratch: Path
    log_socket: Path | None
    allow_unsandboxed: bool
    failpoints: Path | None = None

    def told(self) -> Mapping[str, str]:
        """Write it into an environment."""
        return {VARIABLE: json.dumps([str(self.scratch), str(self.log_socket or ""), self.allow_unsandboxed, str(self.failpoints or "")])}


def own_place(environment: Mapping[str, str]) -> Place:
    """Read what whoever began Ray on this machine has told; where that was not us, find a place for this process alone."""
    if VARIABLE not in environment:
        return _passing_place()
    scratch, log_socket, allow_unsandboxed, failpoints = json.loads(environment[VARIABLE])
    return Place(Path(scratch), Path(log_socket) if log_socket else None, allow_unsandboxed, Path(failpoints) if failpoints else None)


@cache
def _passing_place() -> Place:
    return Place(Path(tempfile.mkdtemp(prefix="scriba-")), None, allow_unsandboxed=False)
