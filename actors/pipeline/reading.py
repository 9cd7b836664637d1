"""The step `read`: one message per page, to any machine."""

import asyncio

from actors.failpoints import Point, around
from actors.ocr.errors import DecoderKilled, DocumentUnreadable, PageUnreadable
from actors.ocr.messages import OcrMode, OcrSettings, PageRead, ReadPage
from actors.pipeline.barcode_pass import wants_barcodes
from actors.pipeline.page_reading import ask_reader
from actors.pipeline.page_records import record_of, record_of_failure
from actors.pipeline.ports import Room
from actors.pipeline.steps import Step
from actors.pipeline.turns import Turns
from actors.pipeline.work import Work


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
            record = record_of_failure(work.record(number), error.reason)
            await asyncio.to_thread(room.store.pages.save, work.document.id, work.job.id, work.job.fence, record)
            room.tally.pages_failed += 1
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
    before = work.record(read.number)
    payloads = read.barcodes if wants_barcodes(before, work.settings) else None
    record = record_of(before, read, payloads, replaces=work.settings.mode is OcrMode.FORCE)
    with around(room.checkpoint, Point.TEXT_COMMITTED):
        room.store.pages.save(work.document.id, work.job.id, work.job.fence, record)


async def read_page(work: Work, room: Room, number: int, settings: OcrSettings) -> PageRead:
    """Have one page read, its barcodes too where nobody has looked for them yet."""
    barcodes = wants_barcodes(work.record(number), settings)
    replace_page = settings.mode is OcrMode.FORCE
    return await ask_reader(
        work,
        room,
        number,
        settings.languages,
        lambda reader, source: reader.read(ReadPage(source, settings, thumbnail=number == 1, replace_page=replace_page, barcodes=barcodes)),
    )
