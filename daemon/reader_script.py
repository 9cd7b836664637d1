"""What travels to the readers, which may work on other machines: nothing of the archive's, no path, and no secret."""

import os
import tempfile
from dataclasses import dataclass

from actors.failpoints import Checkpoint, checkpoint, tell_name
from daemon.logs import LogSettings, configure_logs
from daemon.node.place import Place, own_place


@dataclass(frozen=True, slots=True)
class ReaderScript:
    """What a reader's process needs; `version` is Scriba's. Where it works, its own machine tells."""

    log: LogSettings
    version: str

    @property
    def place(self) -> Place:
        """Tell where this process works."""
        return own_place(os.environ)

    @property
    def checkpoint(self) -> Checkpoint:
        """Give what a reader calls at each step."""
        return checkpoint(self.place.failpoints)

    def prepare(self, name: str) -> None:
        """Set up a new process."""
        set_up(name, self.log, self.place)


def set_up(name: str, log: LogSettings, place: Place) -> None:
    """Set up a process: its log, and a scratch folder that the next start empties, whatever ends this one."""
    place.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    tempfile.tempdir = str(place.scratch)
    configure_logs(log, name, place.log_socket)
    if place.failpoints is not None:
        tell_name(place.failpoints, name)
