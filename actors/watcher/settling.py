"""Which files have come to rest. Pure: it is told what was seen and when, and tells what is due."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

# An empty file is often the place that a scanner holds for a page that follows, so it must stay empty for longer.
EMPTY_PATIENCE = 5.0
_FIRST_RETRY_SECONDS = 30.0
_LONGEST_RETRY_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What a look at a file shows; while it stays the same, the file rests."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A file that rests and may be sent."""

    path: Path
    facts: Facts


class Stand(StrEnum):
    """Where a file stands between seen and accepted."""

    WAITING = "waiting"
    READY = "ready"
    IN_FLIGHT = "in_flight"
    # Refused for what it is: tried again after ever longer waits, and at once when it changes.
    REFUSED = "refused"
    # Accepted, and still there: nothing is done until it changes.
    LEFT = "left"


@dataclass(slots=True)
class _Entry:
    facts: Facts
    due: float
    stand: Stand = Stand.WAITING
    refusals: int = 0


def retry_delay(refusals: int) -> float:
    """Give the wait after the n-th refusal of an unchanged file: 30 s, doubled each time, at most 15 min."""
    return float(min(_FIRST_RETRY_SECONDS * 2 ** min(refusals - 1, 10), _LONGEST_RETRY_SECONDS))


class SettlingTable:
    """Knows every file that was seen and is not done with, and hands the settled ones out, oldest first."""

    def __init__(self, settle_seconds: float) -> None:
        """Take how long a file must stay the same."""
        self._settle_seconds = settle_seconds
        self._entries: dict[Path, _Entry] = {}
        # Heaps keep ten thousand files cheap; an item whose entry has moved on is skipped when it comes up.
        self._waiting: list[tuple[float, Path]] = []
        self._ready: list[tuple[int, Path]] = []

    def __len__(self) -> int:
        """Count the files that are not done with."""
        return len(self._entries)

    def count(self, stand: Stand) -> int:
        """Count the files that stand so."""
        return sum(entry.stand == stand for entry in self._entries.values())

    def seen(self, path: Path, facts: Facts, now: float) -> None:
        """Note a look at a file. One that changed begins anew, also when it was refused; one in flight is judged by its answer."""
        entry = self._entries.get(path)
        if entry is not None and (entry.facts == facts or entry.stand == Stand.IN_FLIGHT):
            return
        self._wait(path, _Entry(facts, now + self._patience(facts)))

    def gone(self, path: Path) -> None:
        """Forget a file that is not there any more."""
        entry = self._entries.get(path)
        if entry is not None and entry.stand != Stand.IN_FLIGHT:
            del self._entries[path]

    def below(self, folder: Path) -> list[Path]:
        """Give the files that are known below a folder."""
        return [path for path in self._entries if path.is_relative_to(folder)]

    def take(self, now: float, limit: int) -> list[Settled]:
        """Hand out at most `limit` settled files, oldest first; each is in flight until its answer is told."""
        for path, entry in self._come_to_rest(now):
            entry.stand = Stand.READY
            heapq.heappush(self._ready, (entry.facts.mtime_ns, path))
        taken: list[Settled] = []
        while self._ready and len(taken) < limit:
            mtime_ns, path = heapq.heappop(self._ready)
            ready = self._entries.get(path)
            if ready is not None and ready.stand == Stand.READY and ready.facts.mtime_ns == mtime_ns:
                ready.stand = Stand.IN_FLIGHT
                taken.append(Settled(path, ready.facts))
        return taken

    def done(self, path: Path) -> None:
        """Note that a file in flight is accepted and removed."""
        self._entries.pop(path, None)

    def left(self, path: Path) -> None:
        """Note that a file in flight is accepted and still lies there."""
        self._entries[path].stand = Stand.LEFT

    def refused(self, path: Path, now: float) -> None:
        """Note that a file in flight was refused for what it is."""
        entry = self._entries[path]
        entry.refusals += 1
        entry.due = now + retry_delay(entry.refusals)
        self._wait(path, entry, Stand.REFUSED)

    def again(self, path: Path, now: float) -> None:
        """Note that a file in flight was not judged: it must rest once more."""
        entry = self._entries[path]
        entry.due = now + self._patience(entry.facts)
        self._wait(path, entry)

    def next_due(self) -> float | None:
        """Give the time when the next waiting file comes to rest; 0 while settled ones wait for their turn."""
        if self._ready:
            return 0.0
        while self._waiting and not self._is_current(*self._waiting[0]):
            heapq.heappop(self._waiting)
        return self._waiting[0][0] if self._waiting else None

    def _patience(self, facts: Facts) -> float:
        return self._settle_seconds * (1.0 if facts.size else EMPTY_PATIENCE)

    def _wait(self, path: Path, entry: _Entry, stand: Stand = Stand.WAITING) -> None:
        entry.stand = stand
        self._entries[path] = entry
        heapq.heappush(self._waiting, (entry.due, path))

    def _is_current(self, due: float, path: Path) -> bool:
        entry = self._entries.get(path)
        return entry is not None and entry.stand in (Stand.WAITING, Stand.REFUSED) and entry.due == due

    def _come_to_rest(self, now: float) -> Iterator[tuple[Path, _Entry]]:
        while self._waiting and self._waiting[0][0] <= now:
            due, path = heapq.heappop(self._waiting)
            if self._is_current(due, path):
                yield path, self._entries[path]
