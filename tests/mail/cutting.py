"""A way to a mail server that can be cut at a chosen place, and tells how many bytes came over it."""

import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cut:
    """Where to cut: after so many bytes of answers, or at an order that has some words. `heard`: the server gets it, its answer is lost."""

    after_bytes: int | None = None
    order: bytes = b""
    heard: bool = False


@dataclass
class Way:
    """Passes on what is said; `cut`, once set, is made once."""

    server_port: int
    port: int = 0
    cut: Cut | None = None
    answered_bytes: int = 0
    _until: int = field(default=0, init=False)

    def plan(self, cut: Cut) -> None:
        """Cut there from now on."""
        self._until = self.answered_bytes + (cut.after_bytes or 0)
        self.cut = cut

    def carry(self, client: socket.socket) -> None:
        """Pass on all that is said until somebody leaves or it is cut."""
        with socket.create_connection(("127.0.0.1", self.server_port)) as server, suppress(OSError):
            silent = False
            while True:
                ready, _, _ = select.select([client, server], [], [], 60)
                for side in ready:
                    said = side.recv(65536)
                    if not said or (side is server and silent):
                        return
                    if side is server:
                        passed = self._answer(said)
                        client.sendall(passed)
                        if len(passed) < len(said):
                            return
                    elif self._is_cut_at(said):
                        if self.cut is None or not self.cut.heard:
                            return
                        silent, self.cut = True, None
                        server.sendall(said)
                    else:
                        server.sendall(said)

    def _answer(self, said: bytes) -> bytes:
        if self.cut is not None and self.cut.after_bytes is not None and self.answered_bytes + len(said) > self._until:
            said = said[: self._until - self.answered_bytes]
            self.cut = None
        self.answered_bytes += len(said)
        return said

    def _is_cut_at(self, said: bytes) -> bool:
        if self.cut is None or not self.cut.order or self.cut.order not in said:
            return False
        if not self.cut.heard:
            self.cut = None
        return True


@contextmanager
def way_to(server_port: int) -> Iterator[Way]:
    """Open a way on a port of its own."""
    way = Way(server_port)

    class Carry(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            way.carry(self.request)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Carry) as listener:
        listener.daemon_threads = True
        way.port = listener.server_address[1]
        thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield way
        listener.shutdown()
        thread.join(10)
