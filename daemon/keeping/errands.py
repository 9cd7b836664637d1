"""What workflows have to do beside documents on their way: look at edits, and send what is due."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial

import structlog

from actors.errands.sending import AT_ONCE, Sender
from actors.store.errors import StoreUnavailable
from actors.store.store import Store
from daemon.cast.planner import make_planner
from daemon.keeping.edits import Edits
from daemon.keeping.tasks import end_task
from daemon.settings.model import Settings

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
        self._task = asyncio.create_task(self._keep_sending(), name="errands")

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


def start_workflows(settings: Settings, store: Store, index: Callable[[], Awaitable[object]], house: AsyncExitStack) -> Edits:
    """Begin both; the stack ends them."""
    edits = Edits(store, make_planner(store, settings.time_zone, settings.date_order), index)
    errands = Errands(Sender(store, settings.errands(), partial(datetime.now, UTC)).send_due)
    for part in (edits, errands):
        part.start()
        house.push_async_callback(part.stop)
    return edits
