"""The step `read`: one message per page, to any machine."""

import asyncio

from actors.failpoints import Point, around
from actors.ocr.errors import DecoderKilled, DocumentUnreadable, PageUnreadable
from actors.ocr.messages import ExtractPage, OcrMode, OcrSettings, PageRead, ReadPage
from actors.pipeline.kills import Patience
from actors.pipeline.page_records import record_of, record_of_failure
from actors.pipeline.ports import Room
from actors.pipeline.steps import Step
from actors.pipeline.turns import Turns
from actors.pipeline.work import Work

# A reader that vanished with its laptop is not the page's fault.
TRIES_AFTER_LOSSES = 5


async def read_pages(work: Work, room: Room, turns: Turns) -> None:
    """Read every pending page; each is kept as soon as it is there, and one that fails is marked and stops nothing."""
    pending = await asyncio.to_thread(room.store.pages.pending, work.document.id)
    async with asyncio.TaskGroup() as group:
        for number in pending:
            group.create_task(read_and_keep(work, room, turns, number))


async def read_and_keep(work: Work, room: Room, turns: Turns, number: int) -> None:
    """Read one page at its turn, and keep what it says."""
    async with turns.place(work.document.id):
        try:
            read = await read_page(work, room, number, work.settings)
        except (PageUnreadable, DocumentUnreadable, DecoderKilled) as error:
            record = record_of_failure(number, error.reason)
            await asyncio.to_thread(room.store.pages.save, work.document.id, work.job.id, work.job.fence, record)
        else:
            await asyncio.to_thread(keep_page, work, room, read)
        work.pages_done += 1
        work.note(Step.READ)


def keep_page(work: Work, room: Room, read: PageRead) -> None:
    """Keep a page: first its layer, then its row, so that a row never names a layer that is not there."""
    if read.layer:
        room.store.layers.put(work.document.id, read.number, read.layer)
    if read.thumbnail:
        room.store.thumbnails.put(work.document.id, read.thumbnail)
    record = record_of(read, replaces=work.settings.mode is OcrMode.FORCE)
    with around(room.checkpoint, Point.TEXT_COMMITTED):
        room.store.pages.save(work.document.id, work.job.id, work.job.fence, record)


async def read_page(work: Work, room: Room, number: int, settings: OcrSettings) -> PageRead:
    """Take one page out of its file and have it read, again where a reader was lost."""
    patience, losses = Patience(), 0
    while True:
        try:
            source = await room.binder.extract(ExtractPage(work.file.path, work.file.mime_type, number, settings))
            replace_page = settings.mode is OcrMode.FORCE
            barcodes = wants_barcodes(number, settings)
            request = ReadPage(source, settings, thumbnail=number == 1, replace_page=replace_page, barcodes=barcodes)
            async with room.readers.lend() as reader:
                return await reader.read(request)
        except DecoderKilled as error:
            if patience.has_ended(error):
                raise
        except room.lost as error:
            losses += 1
            if losses >= TRIES_AFTER_LOSSES:
                raise PageUnreadable("every reader that had this page was lost; retry the job to read it again") from error


def wants_barcodes(number: int, settings: OcrSettings) -> bool:
    """Tell whether barcodes are looked for on a page."""
    return settings.barcodes and (not settings.barcode_pages or number <= settings.barcode_pages)
