"""The end of systemd's that a service speaks to: a socket that takes its words down."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Manager:
    """Holds the socket at `address`, and gives what was said, in order."""

    def __init__(self, path: Path | str) -> None:
        self.address = str(path)
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._door.bind(str(path))
        self._door.setblocking(False)

    def told(self) -> list[str]:
        """Take the words since the last look, one string each."""
        words = []
        while True:
            try:
                words.append(self._door.recv(4096).decode())
            except BlockingIOError:
                return words

    def close(self) -> None:
        """Listen no more."""
        self._door.close()


@contextmanager
def listening(path: Path | str) -> Iterator[Manager]:
    """Listen at a path, or at a name of the kernel's that begins with NUL."""
    manager = Manager(path)
    try:
        yield manager
    finally:
        manager.close()
