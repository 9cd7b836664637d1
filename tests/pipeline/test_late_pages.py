"""A page that a reader has for too long is given to another, too, and the first answer counts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from actors.ocr.errors import PageUnreadable
from actors.ocr.messages import OcrSettings, PageSource
from actors.pipeline.pace import ENOUGH, LEAST_SECONDS, REMEMBERED, Pace
from actors.pipeline.page_reading import LOSSES_ELSEWHERE, ask_reader
from actors.pipeline.ports import PageInHand, Room
from actors.pipeline.tally import Tally
from actors.pipeline.work import Work
from tests.pipeline.cast import ReaderLost, ScriptedBinder, until

NOW = datetime(2026, 11, 28, tzinfo=UTC)


class Hurried(Pace):
    """Takes every page for late at once."""

    def late_after(self) -> float:
        return 0.0


class TwoReaders:
    """The first never answers until it is let; the second is free as soon as a test says so."""

    def __init__(self) -> None:
        self.first: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.second_free = True
        self.second: str | Exception = "second"
        self.lent: list[PageInHand] = []
        self.back = 0

    def spare(self, page: PageInHand) -> bool:
        return self.second_free

    @asynccontextmanager
    async def lend(self, page: PageInHand) -> AsyncIterator[int]:
        self.lent.append(page)
        try:
            yield len(self.lent)
        finally:
            self.back += 1

    async def answer(self, reader: int) -> str:
        if reader == 1:
            return await self.first
        if isinstance(self.second, Exception):
            raise self.second
        return self.second


def asked(readers: Any, pace: Pace, question: Any, tally: Tally | None = None) -> asyncio.Task[str]:
    binder = ScriptedBinder()
    room = SimpleNamespace(binder=binder, readers=readers, pace=pace, now=lambda: NOW, lost=ReaderLost, tally=tally or Tally())
    file = SimpleNamespace(path=Path("a.pdf"), mime_type="application/pdf")
    work = SimpleNamespace(document=SimpleNamespace(id=1), file=file, settings=OcrSettings())
    return asyncio.create_task(ask_reader(cast("Work", work), cast("Room", room), 3, ("deu", "eng"), question))


def ask(readers: TwoReaders, pace: Pace, tally: Tally | None = None) -> asyncio.Task[str]:
    async def question(reader: Any, _source: PageSource) -> str:
        return await readers.answer(reader)

    return asked(readers, pace, question, tally)


async def test_the_answer_of_the_second_counts_and_the_first_is_told_to_stop() -> None:
    readers, tally = TwoReaders(), Tally()
    assert (await ask(readers, Hurried(), tally), tally) == ("second", Tally(pages_late=1))
    assert (len(readers.lent), readers.back, readers.first.cancelled()) == (2, 2, True)
    assert readers.lent[0].is_same(readers.lent[1])


async def test_the_first_may_still_be_the_quicker_one() -> None:
    readers = TwoReaders()
    readers.second_free = False
    answer = ask(readers, Hurried())
    await until(lambda: len(readers.lent) == 1)
    readers.first.set_result("first")
    assert (await answer, len(readers.lent)) == ("first", 1)


async def test_a_second_that_fails_leaves_the_page_with_the_first() -> None:
    readers = TwoReaders()
    readers.second = PageUnreadable("it had no room")
    answer = ask(readers, Hurried())
    await until(lambda: readers.back == 1)
    readers.second_free = False
    readers.first.set_result("first")
    assert await answer == "first"


async def test_a_page_that_is_in_time_stays_with_its_reader() -> None:
    readers = TwoReaders()
    answer = ask(readers, Pace())
    await until(lambda: len(readers.lent) == 1)
    readers.first.set_result("first")
    assert (await answer, len(readers.lent)) == ("first", 1)


async def test_who_breaks_it_off_breaks_off_both() -> None:
    readers = TwoReaders()
    never: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def question(_reader: Any, _source: PageSource) -> str:
        return await never

    answer = asked(readers, Hurried(), question)
    await until(lambda: len(readers.lent) == 2)
    answer.cancel()
    await asyncio.gather(answer, return_exceptions=True)
    assert readers.back == 2


async def test_a_page_that_was_lost_twice_is_read_at_home() -> None:
    readers, homes = TwoReaders(), list[bool]()
    readers.second_free = False

    async def question(reader: int, _source: PageSource) -> str:
        homes.append(readers.lent[-1].at_home)
        if len(homes) <= LOSSES_ELSEWHERE:
            raise ReaderLost
        return f"reader {reader}"

    assert await asked(readers, Pace(), question) == "reader 3"
    assert homes == [False, False, True]
    assert readers.lent[0].languages == {"deu", "eng"}


TOO_FEW, QUICK, SLOW = [1.0] * (ENOUGH - 1), [1.0] * ENOUGH, [20.0] * ENOUGH


@pytest.mark.parametrize(
    ("seconds", "late"),
    [(TOO_FEW, None), (QUICK, LEAST_SECONDS), (SLOW, 60.0), ([1.0] * REMEMBERED + [20.0] * (REMEMBERED // 2 + 1), 60.0)],
)
def test_a_page_is_late_after_three_times_what_the_last_ones_took(seconds: list[float], late: float | None) -> None:
    pace = Pace()
    for one in seconds:
        pace.took(one)
    assert pace.late_after() == late
