"""The checker of the invariants where a daemon's own disk is seen: `python -m tests.faults.inside` reads what to do from its input.

SQLite follows links before it opens a file, and so finds no database by the way through /proc that all else can take.
"""

import base64
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.end_to_end.invariants import Sent, broken_invariants
from tests.end_to_end.person import Person
from tests.running import Daemon


class Elsewhere(Daemon):
    """A daemon that another process has started."""

    def __init__(self, folder: Path, address: str, pid: int) -> None:
        super().__init__(folder)
        self.address = address
        self._pid = pid

    @property
    def pid(self) -> int:
        """Give its process id."""
        return self._pid


def question(daemon: Daemon, sent: Mapping[str, Sent]) -> str:
    """Write down what is to be checked."""
    files = {name: [base64.b64encode(each.content).decode(), each.word] for name, each in sent.items()}
    return json.dumps({"folder": str(daemon.folder), "address": daemon.address, "pid": daemon.pid, "sent": files})


def main() -> None:
    """Check, and print what does not hold."""
    asked = json.load(sys.stdin)
    sent = {name: Sent(base64.b64decode(content), word) for name, (content, word) in asked["sent"].items()}
    with Person(Elsewhere(Path(asked["folder"]), asked["address"], asked["pid"])) as person:
        sys.stdout.write(json.dumps(broken_invariants(person, sent)))


if __name__ == "__main__":
    main()
