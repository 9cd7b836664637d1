"""Turns of SQLite's writers, in all threads of all processes."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from actors.store.errors import StoreUnavailable


class WritersTurn:
    """Lets one writer in after another, each as soon as the one before it has ended.

    SQLite itself lets who finds another writer there sleep, up to a tenth of a second at a time, and ask again: with the pipeline writing
    all the time, the intake seldom met a free moment. A lock on a file of its own waits in the system. SQLite's own lock stays the one
    that data hangs on: who does not know of the turns, such as a shell, only waits longer.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        """Take the file to lock, made where it is missing; who waits for another thread longer than `seconds` gives up."""
        self._path = path
        self._seconds = seconds
        self._threads = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the turn, and hold it; raises StoreUnavailable when it does not come."""
        if not self._threads.acquire(timeout=self._seconds):
            raise StoreUnavailable(f"the database is too busy: no turn to write came within {self._seconds:g} s")
        try:
            descriptor = self._locked()
            try:
                yield
            finally:
                os.close(descriptor)  # and with it the lock
        finally:
            self._threads.release()

    def _locked(self) -> int:
        try:
            descriptor = os.open(self._path, os.O_CREAT | os.O_RDONLY | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreUnavailable(f"the database cannot be used: {self._path.name}: {error.strerror}") from error
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return descriptor
