"""Having one page looked at by a reader; again where a reader was lost or killed, and by another, too, where one is late."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import TypeVar

import structlog

from actors.ocr.errors import DecoderKilled, PageUnreadable
from actors.ocr.messages import ExtractPage, PageSource
from actors.pipeline.kills import Patience
from actors.pipeline.ports import PageInHand, PageReader, Room
from actors.pipeline.work import Work

log = structlog.get_logger()

T = TypeVar("T")
Question = Callable[[PageReader, PageSource], Awaitable[T]]

# A reader that vanished with its laptop is not the page's fault.
TRIES_AFTER_LOSSES = 5
# A machine that comes and goes must not cost a page all its tries: from then on the head reads it.
LOSSES_ELSEWHERE = 2
# How soon a late page is given to another reader that has become free.
LOOK_SECONDS = 2.0


async def ask_reader(work: Work, room: Room, number: int, languages: Collection[str], question: Question[T]) -> T:
    """Take a page out of its file and put a question about it to a reader that has these languages.

    Raises PageUnreadable, DocumentUnreadable or DecoderKilled.
    """
    patience, losses = Patience(), 0
    while True:
        try:
            source = await room.binder.extract(ExtractPage(work.file.path, work.file.mime_type, number, work.settings))
            page = PageInHand(work.document.id, number, room.now(), frozenset(languages), at_home=losses >= LOSSES_ELSEWHERE)
            return await _first_answer(room, page, source, question)
        except DecoderKilled as error:
            if patience.has_ended(error):
                raise
        except room.lost as error:
            losses += 1
            log.info("page was lost with its reader", document_id=work.document.id, page=number, losses=losses)
            room.tally.readers_lost += 1
            if losses >= TRIES_AFTER_LOSSES:
                raise PageUnreadable("every reader that had this page was lost; retry the job to read it again") from error


async def _first_answer(room: Room, page: PageInHand, source: PageSource, question: Question[T]) -> T:
    """Ask one reader, and once it is late another with nothing else to do; the first answer counts, and who is slower is told to stop."""
    asked = [asyncio.create_task(_ask(room, page, source, question))]
    try:
        await asyncio.wait(asked, timeout=room.pace.late_after())
        while True:
            ended = [one for one in asked if one.done()]
            for one in ended:
                if one.exception() is None or len(ended) == len(asked):
                    return one.result()
            if len(asked) == 1 and room.readers.spare(page):
                log.info("page is late, and given to another reader, too", document_id=page.document_id, page=page.number)
                room.tally.pages_late += 1
                asked.append(asyncio.create_task(_ask(room, replace(page, since=room.now()), source, question)))
            going_on = [one for one in asked if not one.done()]
            await asyncio.wait(going_on, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)


async def _ask(room: Room, page: PageInHand, source: PageSource, question: Question[T]) -> T:
    async with room.readers.lend(page) as reader:
        started = asyncio.get_running_loop().time()
        answer = await question(reader, source)
        room.pace.took(asyncio.get_running_loop().time() - started)
        return answer
