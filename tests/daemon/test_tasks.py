"""Work that goes on until the daemon ends."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from daemon.keeping.tasks import begin_task, end_task

SECONDS = 20.0


class Work:
    """Ends in the ways that it is given, one after another, then goes on until it is broken off."""

    def __init__(self, *ends: Callable[[], Awaitable[None]]) -> None:
        self._ends = list(ends)
        self.goes_on = asyncio.Event()
        self.broken_off = False

    async def do(self) -> None:
        if self._ends:
            await self._ends.pop(0)()
            return
        self.goes_on.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.broken_off = True


async def fail() -> None:
    raise ValueError("nobody foresaw this")


async def be_cancelled_elsewhere() -> None:
    waited_for: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    waited_for.cancel()
    await waited_for


async def just_end() -> None:
    return


@pytest.mark.parametrize("end", [fail, be_cancelled_elsewhere, just_end])
async def test_work_that_ends_unforeseen_begins_anew_and_is_told(end: Callable[[], Awaitable[None]]) -> None:
    work = Work(end, end)
    with capture_logs() as logs:
        task = begin_task(work.do, "look", pause_seconds=0)
        await asyncio.wait_for(work.goes_on.wait(), SECONDS)
    await end_task(task)
    assert [(entry["event"], entry["work"]) for entry in logs] == [("work ended unforeseen", "look")] * 2
    assert [isinstance(entry["exc_info"], ValueError) for entry in logs] == [end is fail] * 2


async def test_work_is_broken_off_and_has_ended_before_the_daemon_goes_on() -> None:
    work = Work()
    with capture_logs() as logs:
        task = begin_task(work.do, "look")
        await asyncio.wait_for(work.goes_on.wait(), SECONDS)
        await end_task(task)
    assert work.broken_off
    assert logs == []


async def test_a_pause_is_broken_off_too() -> None:
    with capture_logs() as logs:
        task = begin_task(Work(fail).do, "look", pause_seconds=1_000)
        while not logs:
            await asyncio.sleep(0)
        await asyncio.wait_for(end_task(task), SECONDS)
