"""Looks for what people want to be told, and tells it."""

import asyncio
from collections.abc import Callable

import structlog

from actors.store.errors import StoreUnavailable
from daemon.keeping.tasks import begin_task, end_task

# Nobody waits for it: happenings are gathered for longer anyway.
LOOK_SECONDS = 10.0

log = structlog.get_logger()


class Notices:
    """Looks and tells, one after the other."""

    def __init__(self, look: Callable[[], object], tell: Callable[[], object]) -> None:
        self._look = look
        self._tell = tell
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        self._task = begin_task(self._keep_telling, "notices")

    async def stop(self) -> None:
        """Break off; what was found is told after the next start."""
        await end_task(self._task)

    async def _keep_telling(self) -> None:
        while True:
            for work in (self._look, self._tell):
                try:
                    await asyncio.to_thread(work)
                except (StoreUnavailable, OSError) as error:
                    log.warning("notices wait", error=str(error))
            await asyncio.sleep(LOOK_SECONDS)
