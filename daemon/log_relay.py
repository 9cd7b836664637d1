"""How the lines that actors log come to the daemon's stderr: over a Unix datagram socket, one line a message."""

import asyncio
import logging
import logging.handlers
import socket
import sys
from pathlib import Path
from typing import BinaryIO

from daemon.log_file import log_files

# Longer lines are cut by the sender; the kernel takes about 200 KiB.
LINE_BYTES = 32_000


class RelayHandler(logging.handlers.DatagramHandler):
    """Sends each line to the daemon; when the daemon is gone, lines are lost, and nobody waits."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), None)

    def makePickle(self, record: logging.LogRecord) -> bytes:  # noqa: N802  # the name is the standard library's
        """Give the line itself: nothing that is sent here is ever unpickled."""
        return self.format(record).encode("utf-8", "replace")[:LINE_BYTES]

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002  # likewise
        """Drop the line."""
        self.sock = None


class _Lines(asyncio.DatagramProtocol):
    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def datagram_received(self, data: bytes, _address: object) -> None:
        self._out.write(data + b"\n")
        self._out.flush()
        for file in log_files():
            file.relay(data)


async def relay_logs(path: Path) -> asyncio.DatagramTransport:
    """Print what arrives at `path`, and write it to the log file where there is one, until the transport is closed."""
    receiver = listen(path)
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: _Lines(sys.stderr.buffer), sock=receiver)
    return transport


def listen(path: Path) -> socket.socket:
    """Open the socket, for our own user alone."""
    path.unlink(missing_ok=True)
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.setblocking(False)
    receiver.bind(str(path))
    path.chmod(0o600)
    return receiver
