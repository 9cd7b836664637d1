"""A stream ends when whoever has called it may not any more: its token goes, or what it may see changes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from actors.store.errors import StoreUnavailable
from daemon.service.refusals import Refusal

# Tokens are remembered for two seconds (tokens.py): with these it is less than the five within which one revoked must open nothing.
LOOK_SECONDS = 2.0


@asynccontextmanager
async def while_allowed(look: Callable[[], Awaitable[None]], seconds: float = LOOK_SECONDS) -> AsyncIterator[None]:
    """Go on as long as `look` raises no Refusal, and raise that otherwise; while the database is away nobody is put out."""
    end, found = asyncio.timeout(None), list[Refusal]()

    async def watch() -> None:
        while not found:
            await asyncio.sleep(seconds)
            try:
                await look()
            except StoreUnavailable:
                continue
            except Refusal as refusal:
                found.append(refusal)
        end.reschedule(asyncio.get_running_loop().time())

    try:
        async with end:
            watching = asyncio.create_task(watch())
            try:
                yield
            finally:
                watching.cancel()
    except TimeoutError:
        if end.expired() and found:
            raise found[0] from None
        raise
