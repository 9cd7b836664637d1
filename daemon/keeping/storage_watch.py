"""Looks at disks and database every two seconds, and tells everyone what the store allows."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import structlog

from actors.store.errors import StoreUnavailable
from actors.store.files.disks import DiskFailed, Place, look_at
from actors.store.files.health import SOUND, DiskLook, StoreHealth, StoreLook, health_of
from actors.store.store import Store
from daemon.keeping.tasks import begin_task, end_task

LOOK_SECONDS = 2.0
# A disk or a database that takes longer is taken for away. A look and this stay below the 10 s in which health must tell.
PATIENCE_SECONDS = 6.0
# While all is well, a block is written this seldom, so that a disk may sleep; at the first failure of anybody it is written at once.
PROBE_SECONDS = 600.0
SILENT = "it does not answer"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reports:
    """What those who write have met: how often something failed, and why nothing may be written until a restart."""

    failures: int = 0
    stopped: str = ""


Tell = Callable[[StoreHealth], Awaitable[None]]


class StorageWatch:
    """Knows what the store allows. An error of a disk stays until a restart; everything else mends by itself."""

    def __init__(
        self,
        store: Store,
        places: Sequence[Place],
        least_free: int,
        reports: Callable[[], Awaitable[Reports]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._places = places
        self._least_free = least_free
        self._reports = reports
        self._clock = clock
        self._health = SOUND
        self._seen = tuple[DiskLook, ...]()
        self._stopped = ""
        self._failures = 0
        self._probed: float | None = None
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="storage watch")
        self._disks: asyncio.Future[tuple[DiskLook, ...]] | None = None
        self._ping: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def health(self) -> StoreHealth:
        """Tell what the last look has shown."""
        return self._health

    @property
    def disks(self) -> tuple[DiskLook, ...]:
        """Tell what the last look has shown of each disk."""
        return self._seen

    def start(self, tell: Tell) -> None:
        """Look from now on; `tell` hears of each look, also where nothing is new, since who listens may have begun anew."""
        self._task = begin_task(partial(self._keep_looking, tell), "watch storage")

    async def stop(self) -> None:
        """Look no more."""
        await end_task(self._task)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def look(self) -> StoreHealth:
        """Look once."""
        reports = await self._reports()
        self._stopped = self._stopped or reports.stopped or self._store.failed
        write = self._must_write(reports)
        away, disks = await asyncio.gather(self._database_away(), self._looked_at_disks(write))
        health = health_of(StoreLook(disks, away, self._stopped), self._health, self._least_free)
        if health != self._health:
            self._note(health)
        self._health, self._seen = health, disks
        return health

    def _must_write(self, reports: Reports) -> bool:
        """Decide whether a block is written: never again once a disk has failed, else when there is a reason to doubt, and now and then."""
        if self._stopped:
            return False
        now = self._clock()
        doubtful = not self._health.accepting or reports.failures != self._failures or self._probed is None
        self._failures = reports.failures
        if not doubtful and self._probed is not None and now - self._probed < PROBE_SECONDS:
            return False
        self._probed = now
        return True

    async def _looked_at_disks(self, write: bool) -> tuple[DiskLook, ...]:
        if self._disks is None:
            loop = asyncio.get_running_loop()
            self._disks = loop.run_in_executor(self._threads, lambda: look_at(self._places, write=write))
        await asyncio.wait({self._disks}, timeout=PATIENCE_SECONDS)
        if not self._disks.done():
            return (DiskLook("the archive", 0, SILENT),)
        done, self._disks = self._disks, None
        try:
            return done.result()
        except DiskFailed as error:
            self._stopped = str(error)
            return ()

    async def _database_away(self) -> str:
        if self._ping is None:
            self._ping = asyncio.get_running_loop().run_in_executor(self._threads, self._store.ping)
        await asyncio.wait({self._ping}, timeout=PATIENCE_SECONDS)
        if not self._ping.done():
            return SILENT
        done, self._ping = self._ping, None
        try:
            done.result()
        except StoreUnavailable as error:
            return str(error)
        return ""

    def _note(self, health: StoreHealth) -> None:
        """Say it once in the log: the figures in the words change at every look."""
        before = self._health
        if (health.accepting, health.working, health.writable, health.readable) == (
            before.accepting,
            before.working,
            before.writable,
            before.readable,
        ):
            return
        if health.problem:
            log.warning("storage in trouble", problem=health.problem, accepting=health.accepting, working=health.working)
        else:
            log.info("storage is sound again")

    async def _keep_looking(self, tell: Tell) -> None:
        while True:
            await tell(await self.look())
            await asyncio.sleep(LOOK_SECONDS)
