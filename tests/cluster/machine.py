"""Another machine that reads for a daemon, as a person starts it: `scribad join`, in a process of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scriba.v1.admin_pb2 import ListNodesRequest, Node, NodeState
from scriba.v1.cluster_pb2 import CreateJoinCodeRequest
from tests.ports import free_row
from tests.program import Program
from tests.running import Daemon, outer_environment, wait_until

JOIN_SECONDS = 60.0
AWAY, RESTING, WORKING = NodeState.NODE_STATE_AWAY, NodeState.NODE_STATE_RESTING, NodeState.NODE_STATE_WORKING


class Machine(Program):
    """Has a folder of its own, and joins the archive at `server`. `number` is its id there, once it has joined, `code` what it showed."""

    def __init__(self, folder: Path, server: str) -> None:
        super().__init__(folder.with_name(f"{folder.name}.log"), outer_environment())
        self.folder = folder
        self.server = server
        self.number = ""
        self.code = ""
        self._port = free_row()

    def ask(self, code: str = "", *options: str) -> None:
        """Begin to join, with a code or as one that has joined before."""
        self.code = code or self.code
        shown = ("--code", code) if code else ()
        place = ("--work-dir", str(self.folder), "--port", str(self._port), "--cores", "1")
        self.begin([sys.executable, "-m", "daemon", "join", self.server, *shown, *place, *options])

    def join(self, head: Daemon, code: str = "", *options: str) -> None:
        """Join, and wait until its reader has told what it can do."""
        known = {node.id for node in nodes(head)}
        self.ask(code, *options)

        def there() -> bool:
            if (ended := self.ended_with()) is not None:
                raise RuntimeError(f"the machine ended with code {ended}: {self.story()}")
            return any(node.state == WORKING and node.languages for node in nodes(head) if node.id == self.number or node.id not in known)

        wait_until(there, JOIN_SECONDS, self.story)
        self.number = self.number or next(node.id for node in nodes(head) if node.id not in known)

    def shown(self, head: Daemon) -> Node:
        """Tell how the archive shows it."""
        return next(node for node in nodes(head) if node.id == self.number)


def nodes(head: Daemon) -> list[Node]:
    """List the machines, as the archive shows them."""
    with head.client() as client:
        return list(client.admin.ListNodes(ListNodesRequest()).nodes)


def code_of(head: Daemon) -> str:
    """Have a code made."""
    with head.client() as client:
        return client.cluster.CreateJoinCode(CreateJoinCodeRequest()).code


@contextmanager
def machine_of(folder: Path, head: Daemon, server: str = "", **environment: str) -> Iterator[Machine]:
    """Give a machine that has joined, and leave no process behind."""
    machine = Machine(folder, server or head.address)
    machine.environment |= environment
    try:
        machine.join(head, code_of(head))
        yield machine
    finally:
        machine.kill()
