"""Keeps an eye on the folders: what is there goes into the table of files that settle."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import structlog

from actors.watcher.events import FolderEvents
from actors.watcher.folders import CHECK_SECONDS, FolderWatch, owner
from actors.watcher.ignoring import ignore_rules
from actors.watcher.messages import FolderStand
from actors.watcher.scanning import folder_identity, look, scan
from actors.watcher.settings import WatchedFolder, WatcherSettings
from actors.watcher.settling import Facts, SettlingTable

log = structlog.get_logger(__name__)

Clock = Callable[[], float]

# A file that is being copied makes thousands of events a second; so often they are looked into.
NOTICE_SECONDS = 0.25


class Lookout:
    """Looks at the folders when they are due and where events point. Each look is a task of its own, and the disk is read in threads."""

    def __init__(
        self, settings: WatcherSettings, events: FolderEvents, table: SettlingTable, clock: Clock, changed: Callable[[], None]
    ) -> None:
        """Take the parts; `changed` is called after every look."""
        self.watches = [FolderWatch(folder, settings.rescan_seconds) for folder in settings.folders]
        self._events = events
        self._table = table
        self._clock = clock
        self._changed = changed
        self._rules = ignore_rules(settings)
        self._looks: set[asyncio.Task[None]] = set()
        self._again: set[Path] = set()
        self._next_drain = 0.0

    def begin_looks(self, now: float) -> None:
        """Begin every look that is due."""
        if now >= self._next_drain:
            self._drain(now)
        for watch in self.watches:
            if watch.is_due(now):
                watch.busy = True
                task = asyncio.create_task(self._look_at(watch))
                self._looks.add(task)
                task.add_done_callback(partial(self._looked, watch))

    def next_time(self) -> float | None:
        """Tell when the next look is due, None while all folders are being looked at."""
        times = [watch.next_time() for watch in self.watches if not watch.busy]
        return min((*times, self._next_drain) if self._next_drain else times, default=None)

    def look_again(self, path: Path) -> None:
        """Have one path looked at."""
        self._again.add(path)

    def give_up(self) -> None:
        """End without waiting for a look: a network folder may hang for ever."""
        for task in self._looks:
            task.cancel()

    def _drain(self, now: float) -> None:
        noticed = self._events.drain()
        paths = noticed.paths | self._again
        self._again.clear()
        self._next_drain = now + NOTICE_SECONDS if paths or noticed.overflowed else 0.0
        for path in paths:
            if watch := owner(self.watches, path):
                watch.noticed.add(path)
        if noticed.overflowed:
            for watch in self.watches:
                watch.next_scan = 0.0

    async def _look_at(self, watch: FolderWatch) -> None:
        paths = watch.take_noticed()
        watch.next_check = self._clock() + CHECK_SECONDS
        identity = await asyncio.to_thread(folder_identity, watch.folder.path)
        if identity != watch.identity:
            # Events first, then the full look: a file that comes in between is seen by one of them.
            watch.stand = await asyncio.to_thread(self._watch_events, watch.folder, identity is not None)
            watch.identity = identity
            watch.next_scan = 0.0
        if identity is None:
            self._forget(watch, self._table.below(watch.folder.path))
        elif watch.next_scan <= self._clock():
            watch.next_scan = self._clock() + watch.scan_seconds
            found = await asyncio.to_thread(scan, watch.folder, self._rules)
            self._note(watch, found)
            self._forget(watch, [path for path in self._table.below(watch.folder.path) if path not in found])
        elif paths:
            found = await asyncio.to_thread(self._look_closer, watch.folder, paths)
            self._note(watch, found)
            self._forget(watch, [path for path in paths if path not in found])

    def _looked(self, watch: FolderWatch, task: asyncio.Task[None]) -> None:
        self._looks.discard(task)
        watch.busy = False
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("look at folder failed", folder=str(watch.folder.path), error=repr(error))
        self._changed()

    def _watch_events(self, folder: WatchedFolder, there: bool) -> FolderStand:
        """Have the system tell of changes in the folder that stands there now, where it can."""
        self._events.unwatch(folder)
        log.info("watched folder", folder=str(folder.path), there=there)
        if not there:
            return FolderStand.MISSING
        if folder.polling_seconds:
            return FolderStand.POLLING
        try:
            self._events.watch(folder)
        except OSError as error:
            log.warning("no events for folder", folder=str(folder.path), error=str(error))
            return FolderStand.POLLING
        return FolderStand.EVENTS

    def _look_closer(self, folder: WatchedFolder, paths: Iterable[Path]) -> dict[Path, Facts]:
        found: dict[Path, Facts] = {}
        for path in paths:
            found.update(look(folder, path, self._rules))
        return found

    def _note(self, watch: FolderWatch, found: Mapping[Path, Facts]) -> None:
        now = self._clock()
        for path, facts in found.items():
            if owner(self.watches, path) is watch:  # not what lies in a watched folder inside this one
                self._table.seen(path, facts, now)

    def _forget(self, watch: FolderWatch, paths: Iterable[Path]) -> None:
        for path in paths:
            if owner(self.watches, path) is watch:
                self._table.gone(path)
