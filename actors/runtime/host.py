"""The one class that Ray sees: a process that houses a plain actor."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Protocol, runtime_checkable

import psutil


@runtime_checkable
class Running(Protocol):
    """A plain actor that works by itself; others only answer calls."""

    async def run(self) -> None:
        """Work until `stop` is called."""

    async def stop(self) -> None:
        """Finish what is in hand and make `run` return."""


class Host:
    """Houses one plain actor in a process of its own.

    After its process died, Ray starts it anew, empty; the supervisor calls `begin` again, after a pause that it chooses. Calls that
    arrive meanwhile wait. Nothing survives a restart but what the plain actor keeps outside its process.
    """

    def __init__(self, name: str, niceness: int, prepare: Callable[[str], None] | None) -> None:
        self._ready = asyncio.Event()
        self._stopped = asyncio.Event()
        self._actor: object = None
        if niceness:
            psutil.Process().nice(niceness)
        if prepare is not None:
            prepare(name)

    async def begin(self, factory: Callable[[], object]) -> None:
        """Build the plain actor and work until it is stopped. Errors of either reach the supervisor."""
        made = factory()
        self._actor = await made if inspect.isawaitable(made) else made
        self._ready.set()
        try:
            if isinstance(self._actor, Running):
                await self._actor.run()
            else:
                await self._stopped.wait()
        finally:
            self._ready.clear()
            self._actor = None

    async def call(self, method: str, arguments: tuple[object, ...]) -> object:
        """Call a method of the plain actor, once it is there."""
        while self._actor is None:  # it may end between the signal and our turn
            await self._ready.wait()
        answer: object = getattr(self._actor, method)(*arguments)
        return await answer if inspect.isawaitable(answer) else answer

    async def stop(self) -> None:
        """Let the plain actor finish what it has in hand."""
        self._stopped.set()
        if isinstance(self._actor, Running):
            await self._actor.stop()
