"""Tasks that work beside the calls until the daemon ends."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

# So long after an end that nobody foresaw the work begins anew: long enough not to fill the log.
PAUSE_SECONDS = 5.0

log = structlog.get_logger()


def begin_task(work: Callable[[], Awaitable[None]], name: str, pause_seconds: float = PAUSE_SECONDS) -> asyncio.Task[None]:
    """Have work done that never ends by itself; where it ends all the same, the log tells why, and it begins anew."""
    return asyncio.create_task(_keep_up(work, name, pause_seconds), name=name)


async def end_task(task: asyncio.Task[None] | None) -> None:
    """Break a task off, and wait until it has ended; one that was never begun is fine."""
    if task is not None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep_up(work: Callable[[], Awaitable[None]], name: str, pause_seconds: float) -> None:
    while True:
        # A task of its own: when that is cancelled it was not us who are to end, but something that it waited for.
        attempt = asyncio.ensure_future(work())
        try:
            await asyncio.wait({attempt})
        finally:
            if not attempt.done():
                attempt.cancel()
                await asyncio.wait({attempt})
        log.error("work ended unforeseen", work=name, exc_info=None if attempt.cancelled() else attempt.exception())
        await asyncio.sleep(pause_seconds)
