"""Having one page looked at by a reader, again where a reader was lost or killed."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from actors.ocr.errors import DecoderKilled, PageUnreadable
from actors.ocr.messages import ExtractPage, PageSource
from actors.pipeline.kills import Patience
from actors.pipeline.ports import PageInHand, PageReader, Room
from actors.pipeline.work import Work

T = TypeVar("T")

# A reader that vanished with its laptop is not the page's fault.
TRIES_AFTER_LOSSES = 5


async def ask_reader(work: Work, room: Room, number: int, question: Callable[[PageReader, PageSource], Awaitable[T]]) -> T:
    """Take a page out of its file and put a question about it to a reader. Raises PageUnreadable, DocumentUnreadable or DecoderKilled."""
    patience, losses = Patience(), 0
    while True:
        try:
            source = await room.binder.extract(ExtractPage(work.file.path, work.file.mime_type, number, work.settings))
            async with room.readers.lend(PageInHand(work.document.id, number, room.now())) as reader:
                return await question(reader, source)
        except DecoderKilled as error:
            if patience.has_ended(error):
                raise
        except room.lost as error:
            losses += 1
            if losses >= TRIES_AFTER_LOSSES:
                raise PageUnreadable("every reader that had this page was lost; retry the job to read it again") from error
