"""Looks whether the daemon on a data folder is well: `python -m daemon.healthy [FOLDER]`, for the health check of a container.

It knows the standard library alone, since it runs twice a minute for years, on small machines too. It asks what stands behind the port, by
Unix socket, so that it needs neither token nor certificate, and the port itself by its own.
"""

import http.client
import os
import socket
import sys
from pathlib import Path

from daemon.sockets import Sockets, runtime_dir, sockets_of

PATIENCE_SECONDS = 10.0
HERE = "localhost"


class OverSocket(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__(HERE, timeout=PATIENCE_SECONDS)
        self._path = path

    def connect(self) -> None:
        """Reach the socket instead of a host."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE_SECONDS)
        self.sock.connect(str(self._path))


def trouble(sockets: Sockets) -> str:
    """Say what is not well; '' when all is."""
    for what, path, question in (("archive", sockets.web, "/readyz"), ("port", sockets.envoy_admin, "/ready")):
        try:
            connection = OverSocket(path)
            connection.request("GET", question)
            answer = connection.getresponse()
            told = answer.read().decode(errors="replace").strip()
        except (OSError, http.client.HTTPException) as error:
            return f"the {what} does not answer: {error}"
        if answer.status != http.HTTPStatus.OK:
            return f"the {what} is not ready: {told}"
    return ""


def main() -> None:
    """Print what is not well, and end with 1; end with 0 when all is."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["SCRIBA_DATA_DIR"])
    sys.exit(trouble(sockets_of(folder.absolute() / "run", runtime_dir())) or 0)


if __name__ == "__main__":
    main()
