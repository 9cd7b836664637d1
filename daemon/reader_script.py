"""What travels to the readers, which may work on other machines: nothing of the archive's, no path that matters there, and no secret."""

import os
import tempfile
from dataclasses import dataclass

from actors.failpoints import Checkpoint, checkpoint, tell_name
from daemon.logs import LogSettings, configure_logs
from daemon.node.place import Place, own_place


@dataclass(frozen=True, slots=True)
class ReaderScript:
    """What a reader's process needs. `head` is the place of those that work on the head; a work node has its own."""

    log: LogSettings
    head: Place

    @property
    def place(self) -> Place:
        """Tell where this process works."""
        return own_place(os.environ) or self.head

    @property
    def checkpoint(self) -> Checkpoint:
        """Give what a reader calls at each step."""
        return checkpoint(self.place.failpoints)

    def prepare(self, name: str) -> None:
        """Set up a new process: its log, and a scratch folder that the next start empties, whatever ends this one."""
        place = self.place
        place.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.tempdir = str(place.scratch)
        configure_logs(self.log, name, place.log_socket)
        if place.failpoints is not None:
            tell_name(place.failpoints, name)
