"""Where an actor works, on whichever machine it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# Whoever begins Ray on a machine sets it, and Ray hands it to its processes there: so no path need travel to other machines.
VARIABLE = "_SCRIBAD_PLACE"


@dataclass(frozen=True, slots=True)
class Place:
    """The machine's own part of what an actor needs. `failpoints` is there in tests alone."""

    scratch: Path
    log_socket: Path
    allow_unsandboxed: bool
    failpoints: Path | None = None

    def told(self) -> Mapping[str, str]:
        """Write it into an environment."""
        return {VARIABLE: json.dumps([str(self.scratch), str(self.log_socket), self.allow_unsandboxed, str(self.failpoints or "")])}


def own_place(environment: Mapping[str, str]) -> Place:
    """Read what whoever began Ray on this machine has told."""
    scratch, log_socket, allow_unsandboxed, failpoints = json.loads(environment[VARIABLE])
    return Place(Path(scratch), Path(log_socket), allow_unsandboxed, Path(failpoints) if failpoints else None)
