"""Where a reader works, on whichever machine it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from daemon.node.home import NodeHome
from daemon.sockets import runtime_dir, sockets_of

# The raylet of a work node hands them to its processes: the folder of the node, and "1" where decoders may work without being shut in.
HOME = "_SCRIBAD_NODE_HOME"
UNSANDBOXED = "_SCRIBAD_NODE_UNSANDBOXED"


@dataclass(frozen=True, slots=True)
class Place:
    """The machine's own part of what a reader needs. `failpoints` is there in tests alone."""

    scratch: Path
    log_socket: Path
    allow_unsandboxed: bool
    failpoints: Path | None = None


def own_place(environment: Mapping[str, str]) -> Place | None:
    """Find the place on a work node; None on the head."""
    if HOME not in environment:
        return None
    home = NodeHome(Path(environment[HOME]))
    return Place(home.scratch, sockets_of(home.run, runtime_dir()).log, environment.get(UNSANDBOXED) == "1")
