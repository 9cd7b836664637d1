"""Hosts on this machine that note who comes, and names that lead where a test says."""

import socketserver
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Visited:
    """What was said to a host; `answer` is all that it says."""

    port: int = 0
    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n"
    heads: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@contextmanager
def host(address: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[Visited]:
    """Take connections; with `tls`, note for whom a certificate was asked."""
    visited = Visited()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if tls is not None:
                try:
                    self.request = tls.wrap_socket(self.request, server_side=True)
                except OSError:
                    return
                self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)
            head = b""
            while line := self.rfile.readline():
                if line == b"\r\n":
                    visited.heads.append(head.decode())
                    self.wfile.write(visited.answer)
                    return
                head += line

    if tls is not None:
        tls.sni_callback = lambda _, name, __: visited.names.append(name)
    with socketserver.ThreadingTCPServer((address, port), Talk) as server:
        visited.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield visited
        server.shutdown()
        thread.join(10)


@dataclass
class Names:
    """Answers whatever host is asked for with what is left to say, the last again and again; notes what was asked."""

    answers: list[Sequence[str]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
