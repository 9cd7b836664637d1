"""Work in threads that must come to its end."""

import asyncio
from threading import Event

import pytest

from daemon.service.threads import completed


async def test_work_ends_before_its_cancelled_caller_goes_on() -> None:
    begun, go_on, ended = Event(), Event(), Event()

    def work() -> None:
        begun.set()
        go_on.wait(5)
        ended.set()

    caller = asyncio.create_task(completed(work))
    await asyncio.to_thread(begun.wait, 5)
    caller.cancel()
    asyncio.get_running_loop().call_later(0.05, go_on.set)
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert ended.is_set()


async def test_what_work_gives_or_raises_reaches_its_caller() -> None:
    assert await completed(int, "7") == 7
    with pytest.raises(ValueError, match="invalid literal"):
        await completed(int, "seven")
