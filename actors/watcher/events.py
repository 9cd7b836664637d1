"""What the system says about changed files, behind one class."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from actors.watcher.settings import WatchedFolder

# Opening and closing for reading are left out: the intake's own look at a file would be an event.
_WANTED: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
# Beyond so many paths a full look at the folders is cheaper, and memory stays bounded whatever happens outside.
_MOST_PATHS = 4096


@dataclass(frozen=True, slots=True)
class Noticed:
    """What changed since it was last asked. `overflowed`: too much to name, so look at everything."""

    paths: frozenset[Path] = frozenset()
    overflowed: bool = False


class FolderEvents(Protocol):
    """Tells which paths changed in the watched folders. Events may be lost, so it is a hint and never the only source."""

    def start(self, wake: Callable[[], object]) -> None:
        """Begin; `wake` is called, from any thread, when there is something to drain."""

    def watch(self, folder: WatchedFolder) -> None:
        """Watch the folder that stands at this path now; raise OSError where the system cannot."""

    def unwatch(self, folder: WatchedFolder) -> None:
        """Watch it no more; one that is not watched is no error."""

    def drain(self) -> Noticed:
        """Take what changed."""

    def stop(self) -> None:
        """End, with all threads."""


class WatchdogEvents(FileSystemEventHandler):
    """Asks the system through watchdog: inotify on Linux, FSEvents on macOS."""

    def __init__(self) -> None:
        """Make an observer that is not started yet."""
        self._observer = Observer()
        self._watches: dict[Path, ObservedWatch] = {}
        self._lock = threading.Lock()
        self._paths: set[Path] = set()
        self._overflowed = False
        self._wake: Callable[[], object] = _nobody

    def start(self, wake: Callable[[], object]) -> None:
        """Start the observer's threads."""
        self._wake = wake
        self._observer.start()

    def watch(self, folder: WatchedFolder) -> None:
        """Add a folder, whose existing files are not events."""
        self._watches[folder.path] = self._observer.schedule(self, os.fspath(folder.path), recursive=folder.recursive, event_filter=_WANTED)

    def unwatch(self, folder: WatchedFolder) -> None:
        """Remove a folder, also one that is gone from the disk."""
        watch = self._watches.pop(folder.path, None)
        if watch is not None:
            self._observer.unschedule(watch)

    def drain(self) -> Noticed:
        """Take the paths and forget them."""
        with self._lock:
            noticed = Noticed(frozenset(self._paths), self._overflowed)
            self._paths.clear()
            self._overflowed = False
        return noticed

    def stop(self) -> None:
        """Stop the threads and wait for them."""
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note the path that an event leaves behind; called from the observer's thread."""
        paths = [Path(os.fsdecode(name)) for name in (event.src_path, event.dest_path) if name]
        with self._lock:
            first = not self._paths and not self._overflowed
            if len(self._paths) + len(paths) > _MOST_PATHS:
                self._overflowed = True
            else:
                self._paths.update(paths)
        if first:
            self._wake()


def _nobody() -> None:
    """Wake nobody: nothing was started yet."""
