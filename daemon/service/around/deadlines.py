"""Deadlines: what the client allows, but never more than the server does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from daemon.service.around.calls import Call, Concern
from daemon.service.refusals import DeadlineExceeded


def allowed(remaining: float | None, most_seconds: float) -> float:
    """Give the seconds of a call whose client allows so many, or doesn't say."""
    return most_seconds if remaining is None else min(remaining, most_seconds)


def bounded(most_seconds: float) -> Concern:
    """End a call without a stream at its deadline; what it awaits is cancelled, so the deadline reaches the actors behind it.

    Streams last as long as their client listens.
    """

    @asynccontextmanager
    async def limit(call: Call) -> AsyncIterator[None]:
        if call.streaming:
            yield
            return
        remaining: float | None = call.context.time_remaining()
        seconds = allowed(remaining, most_seconds)
        deadline = asyncio.timeout(seconds)
        try:
            async with deadline:
                yield
        except TimeoutError:
            if deadline.expired():
                raise DeadlineExceeded(seconds) from None
            raise

    return limit
