"""Telling an actor that something is there for it, without making the caller depend on the answer."""

import asyncio
from collections.abc import Coroutine

import structlog

PATIENCE_SECONDS = 1.0

log = structlog.get_logger()


class Nudges:
    """Sends what is already safe in the database to the actor that goes on with it; an actor that is away finds it there later."""

    def __init__(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._patience_seconds = patience_seconds
        self._running: set[asyncio.Task[object]] = set()

    async def give(self, nudge: Coroutine[object, object, object]) -> None:
        """Wait a moment for an actor, so that what follows sees its work; neither its slowness nor its failure is passed on."""
        task = asyncio.create_task(nudge)
        self._running.add(task)
        task.add_done_callback(self._ended)
        await asyncio.wait({task}, timeout=self._patience_seconds)

    def _ended(self, task: asyncio.Task[object]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("actor did not hear", exc_info=error)
