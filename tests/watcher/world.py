"""A clock that tests move, events that tests give, an intake that answers as told, and a watcher between them."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from actors.intake.messages import AcceptFile, FileAccepted, FileAnswer
from actors.store.nouns.archive import DocumentId, JobId
from actors.watcher.events import Noticed
from actors.watcher.settings import WatchedFolder, WatcherSettings
from actors.watcher.watcher import Watcher


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class HandEvents:
    """Tells what a test puts in; `limit` folders can be watched."""

    def __init__(self, limit: int = 100) -> None:
        self.watched: list[Path] = []
        self.paths: set[Path] = set()
        self.overflowed = False
        self._limit = limit

    def start(self, wake: Callable[[], object]) -> None:
        return

    def watch(self, folder: WatchedFolder) -> None:
        if len(self.watched) >= self._limit:
            raise OSError("no space left for watches")
        self.watched.append(folder.path)

    def unwatch(self, folder: WatchedFolder) -> None:
        if folder.path in self.watched:
            self.watched.remove(folder.path)

    def drain(self) -> Noticed:
        noticed = Noticed(frozenset(self.paths), self.overflowed)
        self.paths.clear()
        self.overflowed = False
        return noticed

    def stop(self) -> None:
        return


Answer = Callable[[AcceptFile], FileAnswer]


def takes(order: AcceptFile) -> FileAnswer:
    """Take the file, as the real intake does."""
    order.path.unlink()
    return FileAccepted(DocumentId(1), JobId(1), duplicate=False, sha256="", source_removed=True)


class HandIntake:
    """Answers as told, and counts how many files it had in hand at once."""

    def __init__(self, answer: Answer = takes) -> None:
        self.answer = answer
        self.orders: list[AcceptFile] = []
        self.most_in_hand = 0
        self._in_hand = 0

    async def accept_file(self, order: AcceptFile) -> FileAnswer:
        self._in_hand += 1
        self.most_in_hand = max(self.most_in_hand, self._in_hand)
        await asyncio.sleep(0)
        self._in_hand -= 1
        self.orders.append(order)
        return self.answer(order)

    @property
    def names(self) -> list[str]:
        return [order.path.name for order in self.orders]


class World:
    """A watcher whose time passes only here."""

    def __init__(
        self, *folders: WatchedFolder, intake: HandIntake | None = None, events: HandEvents | None = None, **settings: object
    ) -> None:
        self.clock = HandClock()
        self.events = events or HandEvents()
        self.intake = intake or HandIntake()
        self.watcher = Watcher(WatcherSettings(folders, **settings), self.intake, self.events, self.clock)  # type: ignore[arg-type]  # as tests give them

    async def settle(self) -> None:
        """Let everything happen that happens without time passing."""
        before = asyncio.all_tasks()
        self.watcher.tick()
        while tasks := asyncio.all_tasks() - before:
            await asyncio.wait(tasks)
            await asyncio.sleep(0)  # for the callbacks of what has ended
            self.watcher.tick()

    async def passes(self, seconds: float) -> None:
        """Move the time on, half a second at a time."""
        end = self.clock.now + seconds
        while self.clock.now < end:
            self.clock.now = min(self.clock.now + 0.5, end)
            await self.settle()
