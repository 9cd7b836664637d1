"""One daemon for each data folder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daemon.start_error import StartError

# A daemon killed a moment ago may still be dying: its lock goes with its last process.
PATIENCE_SECONDS = 5.0
_PAUSE_SECONDS = 0.1


class AlreadyRunning(StartError):
    """Another daemon works in the folder."""

    def __init__(self, data_dir: Path, pid: str) -> None:
        super().__init__(
            f"another scribad{f' (pid {pid})' if pid else ''} is at work in {data_dir}; stop it first, or use another --data-dir"
        )


@contextmanager
def only_instance(data_dir: Path, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the folder's lock; raise AlreadyRunning when another process keeps it longer than that. It goes with this process."""
    run = data_dir / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(run / "scribad.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _lock(descriptor, patience_seconds):
            raise AlreadyRunning(data_dir, os.pread(descriptor, 32, 0).decode("ascii", "replace").strip())
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, patience_seconds: float) -> bool:
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE_SECONDS)
        else:
            return True
