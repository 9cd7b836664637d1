"""A connection that ends at its time, however slowly bytes come."""

import socket
import ssl
import time
from typing import Any

import httpcore


class BoundedStream(httpcore.NetworkStream):
    """Reads and writes until `end`, by the monotonic clock; raises TimeoutError and OSError."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._connection = connection
        self._end = end

    def read(self, max_bytes: int, *_: Any, **__: Any) -> bytes:
        """Wait for some bytes; none at the end."""
        self._hurry()
        return self._connection.recv(max_bytes)

    def write(self, buffer: bytes, *_: Any, **__: Any) -> None:
        """Send all bytes."""
        self._hurry()
        try:
            self._connection.sendall(buffer)
        except TimeoutError:
            raise
        except OSError as error:
            # Who has answered before all was sent may hang up: the answer is still read.
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, *_: Any, **__: Any) -> "BoundedStream":
        """Encrypt from here on; the certificate must be of that host."""
        try:
            self._hurry()
            return BoundedStream(ssl_context.wrap_socket(self._connection, server_hostname=server_hostname), self._end)
        except BaseException:  # whatever ends the handshake, the socket belongs to nobody else who could close it; raised again
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """Tell of the socket what the pool asks."""
        return {"socket": self._connection, "is_readable": False}.get(info)

    def _hurry(self) -> None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("it took too long")
        self._connection.settimeout(left)
