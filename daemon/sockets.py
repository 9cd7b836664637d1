"""Where the Unix sockets lie, whose names the kernel wants short."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from daemon.start_error import StartError

# The kernel takes 107 bytes; macOS 103.
MAX_SOCKET_PATH_BYTES = 99


class UnsafeFolder(StartError):
    """The folder for the sockets belongs to somebody else."""


@dataclass(frozen=True, slots=True)
class Sockets:
    """The sockets of one daemon, in a folder that only its user enters."""

    folder: Path

    @property
    def rpc(self) -> Path:
        """Where grpc.aio listens."""
        return self.folder / "rpc.sock"

    @property
    def web(self) -> Path:
        """Where the ASGI app listens."""
        return self.folder / "web.sock"

    @property
    def envoy_admin(self) -> Path:
        """Where Envoy takes orders."""
        return self.folder / "envoy-admin.sock"

    @property
    def log(self) -> Path:
        """Where actors send their log lines."""
        return self.folder / "log.sock"

    @property
    def rpc_target(self) -> str:
        """The address of `rpc` as gRPC writes it."""
        return f"unix:{self.rpc}"


def sockets_of(run: Path, runtime_dir: Path) -> Sockets:
    """Choose the folder: `run`, or one with a short name in `runtime_dir` when that is too long."""
    sockets = Sockets(run)
    if len(os.fsencode(sockets.envoy_admin)) <= MAX_SOCKET_PATH_BYTES:
        return sockets
    name = hashlib.sha256(os.fsencode(run)).hexdigest()[:16]
    return Sockets(runtime_dir / f"scriba-{os.getuid()}-{name}")


def make_sockets(run: Path, runtime_dir: Path) -> Sockets:
    """Make the folder, and remove what a former life left in it. Raises UnsafeFolder."""
    sockets = sockets_of(run, runtime_dir)
    sockets.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = sockets.folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise UnsafeFolder(f"{sockets.folder} belongs to another user; remove it, or set XDG_RUNTIME_DIR to a folder of your own")
    sockets.folder.chmod(0o700)
    for path in (sockets.rpc, sockets.web, sockets.envoy_admin, sockets.log):
        path.unlink(missing_ok=True)
    return sockets


def runtime_dir() -> Path:
    """Give the user's folder for short-lived files."""
    return Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")  # noqa: S108  # make_sockets checks whose the folder is
