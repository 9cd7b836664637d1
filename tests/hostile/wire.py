"""HTTP/2 as no honest client speaks it: frames written one by one to a socket."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from hpack import Encoder

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RESET, SETTINGS, PING, GOAWAY, WINDOW, CONTINUATION = 0, 1, 3, 4, 6, 7, 8, 9
END_STREAM, END_HEADERS, ACK = 1, 4, 1
INITIAL_WINDOW = 4
CANCEL = 8
SECONDS = 20.0


def frame(kind: int, flags: int = 0, stream: int = 0, payload: bytes = b"") -> bytes:
    """Write one frame."""
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def settings(**values: int) -> bytes:
    """Write our settings; `window` is that of each stream."""
    window = values.get("window")
    return frame(SETTINGS, payload=b"" if window is None else struct.pack(">HI", INITIAL_WINDOW, window))


def message(body: bytes) -> bytes:
    """Frame a gRPC message."""
    return struct.pack(">BI", 0, len(body)) + body


class Connection:
    """A connection that has said hello. What the server says is read only when asked for."""

    def __init__(self, address: str, hello: bytes) -> None:
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=SECONDS)
        self._encoder = Encoder()
        self._stream = -1
        self.send(PREFACE + hello)

    def next_stream(self) -> int:
        """Give the number of the next stream of ours."""
        self._stream += 2
        return self._stream

    def send(self, data: bytes) -> bool:
        """Send bytes, and tell whether the server still took them."""
        try:
            self.socket.sendall(data)
        except OSError:
            return False
        return True

    def headers(self, method: str, token: str, *others: tuple[str, str]) -> bytes:
        """Write the headers of a call, packed."""
        return self._encoder.encode(
            [
                (":method", "POST"),
                (":scheme", "http"),
                (":path", method),
                (":authority", "archive"),
                ("content-type", "application/grpc"),
                ("te", "trailers"),
                ("authorization", f"Bearer {token}"),
                *others,
            ]
        )

    def call(self, method: str, token: str, body: bytes | None = None) -> bytes:
        """Write the frames of one call; with a body it is a whole one, without it stays open."""
        stream = self.next_stream()
        opened = frame(HEADERS, END_HEADERS, stream, self.headers(method, token))
        return opened if body is None else opened + frame(DATA, END_STREAM, stream, message(body))

    def until_closed(self) -> bytes:
        """Read until the server hangs up; nothing more is awaited after a while."""
        parts = []
        with suppress(OSError):
            while part := self.socket.recv(65536):
                parts.append(part)
        return b"".join(parts)


@contextmanager
def connected(address: str, hello: bytes | None = None) -> Iterator[Connection]:
    """Connect, and hang up without a word at the end."""
    connection = Connection(address, settings() if hello is None else hello)
    try:
        yield connection
    finally:
        connection.socket.close()
