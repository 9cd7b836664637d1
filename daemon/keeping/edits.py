"""Has workflows look at documents that persons have edited, as soon as that is."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import structlog

from actors.errands.edits import AT_ONCE, look_at_edits
from actors.errands.planning import Planner
from actors.index.errors import IndexUnavailable
from actors.runtime.errors import ActorLost
from actors.store.errors import StoreUnavailable
from actors.store.store import Store
from daemon.keeping.tasks import begin_task, end_task

# How long an edit may wait that nobody told of: one before a crash, or while the database was away.
LOOK_SECONDS = 60.0

log = structlog.get_logger()


class Edits:
    """Looks when it is told of an edit, and now and then."""

    def __init__(self, store: Store, planner: Planner, index: Callable[[], Awaitable[object]]) -> None:
        self.planner = planner
        self._look = partial(look_at_edits, store, planner, partial(datetime.now, UTC))
        self._index = index
        self._told = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        self._told.set()
        self._task = begin_task(self._keep_looking, "edits")

    async def stop(self) -> None:
        """Break off; what waits is looked at after the next start."""
        await end_task(self._task)

    def tell(self) -> None:
        """Hear of an edit."""
        self._told.set()

    async def look(self) -> None:
        """Have all looked at that wait, and let the index follow."""
        try:
            while (looked := await asyncio.to_thread(self._look)) == AT_ONCE:
                await self._index()
            if looked:
                await self._index()
        except (StoreUnavailable, IndexUnavailable, ActorLost, OSError) as error:
            log.warning("edits not looked at", error=str(error))

    async def _keep_looking(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._told.wait()
            self._told.clear()
            await self.look()
