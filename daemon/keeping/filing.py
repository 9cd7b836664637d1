"""Keeps documents in the folders that their templates name."""

import asyncio

import structlog

from actors.filing.filer import Filer
from actors.store.errors import StoreUnavailable
from daemon.keeping.tasks import begin_task, end_task

# Who browses is not kept waiting for it: each look at a folder places what has changed before.
LOOK_SECONDS = 5.0
# Between two steps, so that 100,000 documents that move leave room for people.
REST_SECONDS = 0.2

log = structlog.get_logger()


class Filing:
    """Places documents step by step; what is left at the end is gone on with at the next start."""

    def __init__(self, filer: Filer) -> None:
        self._filer = filer
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Place documents from now on."""
        self._task = begin_task(self._keep_placing, "place documents")

    async def stop(self) -> None:
        """Break off."""
        await end_task(self._task)

    async def _keep_placing(self) -> None:
        while True:
            try:
                placed = await asyncio.to_thread(self._filer.step)
            except (StoreUnavailable, OSError, MemoryError) as error:
                log.warning("documents not placed in folders", error=str(error))
                placed = 0
            await asyncio.sleep(REST_SECONDS if placed else LOOK_SECONDS)
