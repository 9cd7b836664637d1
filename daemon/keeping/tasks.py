"""Tasks that work beside the calls until the daemon ends."""

import asyncio
from contextlib import suppress


async def end_task(task: asyncio.Task[None] | None) -> None:
    """Break a task off, and wait until it has ended; one that was never begun is fine."""
    if task is not None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
