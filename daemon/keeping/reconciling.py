"""Has the search index compared with the database: once after the start, once a day, and when a search meets damage (RELIABILITY F19)."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

import structlog

from actors.checkup.errors import CheckRunning
from actors.checkup.findings import Kind
from actors.checkup.messages import CheckOrder, Subject
from actors.index.errors import IndexUnavailable
from actors.runtime.errors import ActorLost
from actors.store.errors import JobActive, StoreUnavailable
from daemon.keeping.tasks import begin_task, end_task
from daemon.service.ports import Checking

FIRST_SECONDS = 60.0
EVERY_SECONDS = 24 * 3600.0
# After a look that could not be: what was in its way may have passed.
AGAIN_SECONDS = 600.0
# Searches that meet damage have it looked at, but not each of them.
SUSPECT_SECONDS = 30.0
# Damage that no look finds is met by building anew; if that did not help, it is no damage.
REBUILD_SECONDS = 3600.0
ORDER = CheckOrder(repair=True, subjects=(Subject.INDEX,))

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the last look came to; all is 0 when index and database agree. `time` is of the epoch, 0 before the first."""

    time: float = 0.0
    missing: int = 0
    stale: int = 0
    ghosts: int = 0
    damaged: int = 0


@dataclass
class Suspicion:
    """Whether a search has met damage since the last look; set from any thread."""

    loop: asyncio.AbstractEventLoop
    met: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self) -> None:
        """Note it; a loop that is closing has nobody to tell."""
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.met.set)


class Reconciling:
    """Looks now and then. What differs is put into the outbox by the look itself; a damaged index is ordered anew."""

    def __init__(
        self,
        checks: Checking,
        suspicion: Suspicion,
        rebuild: Callable[[], Awaitable[object]],
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._checks = checks
        self._suspicion = suspicion
        self._rebuild = rebuild
        self._clock = clock
        self._wall = wall
        self._last_rebuild = -REBUILD_SECONDS
        self._task: asyncio.Task[None] | None = None
        self.last = Reconciled()

    def start(self) -> None:
        """Look from now on."""
        self._task = begin_task(self._keep_looking, "reconcile")

    async def stop(self) -> None:
        """Break off, also a look at work."""
        await end_task(self._task)

    async def look(self) -> bool:
        """Compare, and have mended what differs; answer whether that could be done."""
        suspected = self._suspicion.met.is_set()
        self._suspicion.met.clear()
        try:
            kinds = await self._kinds()
            if suspected and not kinds and self._clock() - self._last_rebuild >= REBUILD_SECONDS:
                self._last_rebuild = self._clock()
                log.warning("index is built anew", reason="a search met damage that no checksum shows")
                with suppress(JobActive):
                    await self._rebuild()
        except (CheckRunning, IndexUnavailable, StoreUnavailable, ActorLost, OSError, MemoryError) as error:
            log.warning("index not reconciled", error=str(error))
            return False
        counts = {"missing": kinds[Kind.INDEX_MISSING], "stale": kinds[Kind.INDEX_STALE], "ghosts": kinds[Kind.INDEX_GHOST]}
        self.last = Reconciled(self._wall(), **counts, damaged=kinds[Kind.INDEX_DAMAGED])
        log.info("index reconciled", **counts, damaged=self.last.damaged)
        return True

    async def _kinds(self) -> Counter[Kind]:
        kinds: Counter[Kind] = Counter()
        async with aclosing(self._checks.reports(ORDER)) as reports:
            async for report in reports:
                kinds.update(reported.finding.kind for reported in report.findings)
        return kinds

    async def _keep_looking(self) -> None:
        pause = FIRST_SECONDS
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._suspicion.met.wait()
            looked = await self.look()
            pause = EVERY_SECONDS if looked else AGAIN_SECONDS
            # Searches go on meeting the damage until the new index is there.
            await asyncio.sleep(SUSPECT_SECONDS)
