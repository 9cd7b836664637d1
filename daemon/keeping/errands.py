"""Does what workflows want done after all else, when it is due: e-mails, calls, passwords taken off."""

import asyncio
from collections.abc import Callable

import structlog

from actors.errands.sending import AT_ONCE
from actors.store.errors import StoreUnavailable
from daemon.keeping.tasks import begin_task, end_task

# An errand is written by another process; asking for those that are due is one look at an index.
LOOK_SECONDS = 2.0

log = structlog.get_logger()


class Errands:
    """Sends now and then."""

    def __init__(self, send: Callable[[], int]) -> None:
        self._send = send
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Send from now on."""
        self._task = begin_task(self._keep_sending, "errands")

    async def stop(self) -> None:
        """Break off; what waits is sent after the next start."""
        await end_task(self._task)

    async def _keep_sending(self) -> None:
        while True:
            try:
                while await asyncio.to_thread(self._send) == AT_ONCE:
                    pass
            except (StoreUnavailable, OSError) as error:
                log.warning("errands not done", error=str(error))
            await asyncio.sleep(LOOK_SECONDS)
