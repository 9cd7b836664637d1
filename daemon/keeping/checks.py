"""Checks of the archive: one at a time, and who can mend is told."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import aclosing
from typing import Protocol

import structlog

from actors.checkup.errors import CheckRunning
from actors.checkup.messages import CheckOrder, Report

log = structlog.get_logger()


class Examiner(Protocol):
    """The checkup, here or in a process of its own."""

    async def begin(self, order: CheckOrder) -> None:
        """Begin to work."""

    async def report(self) -> Report:
        """Wait for news; the last has `ended`."""


async def reports_of(examiner: Examiner, order: CheckOrder) -> AsyncGenerator[Report, None]:
    """Have an order carried out, and tell what it finds, to the end."""
    await examiner.begin(order)
    ended = False
    while not ended:
        report = await examiner.report()
        yield report
        ended = report.ended


class Checks:
    """Lets one order be carried out at a time. After a repair, `tell` makes index and pipeline look at what waits for them."""

    def __init__(
        self, apart: Callable[[CheckOrder], AsyncGenerator[Report, None]], tell: Callable[[], Coroutine[object, object, object]]
    ) -> None:
        self._apart = apart
        self._tell = tell
        self._working = False
        self._telling: set[asyncio.Task[object]] = set()

    async def reports(self, order: CheckOrder) -> AsyncGenerator[Report, None]:
        """Carry out an order, and tell what it finds; raises CheckRunning. Whoever stops listening breaks it off."""
        if self._working:
            raise CheckRunning
        self._working = True
        try:
            async with aclosing(self._apart(order)) as reports:
                async for report in reports:
                    yield report
        finally:
            self._working = False
            if order.repair:
                self._tell_soon()

    def _tell_soon(self) -> None:
        task = asyncio.create_task(self._tell())
        self._telling.add(task)
        task.add_done_callback(self._told)

    def _told(self, task: asyncio.Task[object]) -> None:
        self._telling.discard(task)
        if not task.cancelled() and (error := task.exception()):
            # They find it by themselves, later.
            log.warning("actor did not hear", exc_info=error)


async def tell_all(*calls: Callable[[], Awaitable[object]]) -> None:
    """Call one after another."""
    for call in calls:
        await call()
