"""The one class that Ray sees: a process that houses a plain actor."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

import psutil


class Actor(Protocol):
    """What the runtime asks of a plain actor class."""

    async def run(self) -> None:
        """Work until `stop` is called."""

    async def stop(self) -> None:
        """Finish what is in hand and make `run` return."""


class Host:
    """Houses one plain actor in a process of its own.

    After its process died, Ray starts it anew, empty; the supervisor calls `begin` again, after a pause that it chooses. Calls that
    arrive meanwhile wait. Nothing survives a restart but what the plain actor keeps outside its process.
    """

    def __init__(self, factory: Callable[[], Actor], name: str, niceness: int, prepare: Callable[[], None] | None) -> None:
        self._factory = factory
        self._ready = asyncio.Event()
        self._actor: Actor | None = None
        self._log = logging.getLogger(name)
        if niceness:
            psutil.Process().nice(niceness)
        if prepare is not None:
            prepare()

    async def begin(self) -> None:
        """Build the plain actor and work until it is stopped. Errors of either reach the supervisor."""
        self._actor = self._factory()
        self._ready.set()
        try:
            await self._actor.run()
        finally:
            self._ready.clear()
            self._actor = None

    async def call(self, method: str, arguments: tuple[object, ...]) -> object:
        """Call a method of the plain actor, once it is there."""
        await self._ready.wait()
        return await getattr(self._actor, method)(*arguments)

    async def stop(self) -> None:
        """Let the plain actor finish what it has in hand."""
        if self._actor is not None:
            await self._actor.stop()
