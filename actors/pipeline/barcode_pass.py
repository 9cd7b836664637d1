"""Looking for barcodes before pages are read: where they may divide the document, and on pages that nobody reads otherwise."""

import asyncio

from actors.ocr.errors import DecoderKilled, DocumentUnreadable, PageUnreadable
from actors.ocr.messages import OcrSettings, ReadBarcodes
from actors.ocr.mime_types import WORDS, kind_of_type
from actors.pipeline.page_reading import ask_reader
from actors.pipeline.ports import Room
from actors.pipeline.steps import Step
from actors.pipeline.turns import Turns
from actors.pipeline.work import Work
from actors.store.nouns.archive import DocumentForm
from actors.store.nouns.pages import PageRecord, PageState


async def look_for_barcodes(work: Work, room: Room, turns: Turns) -> None:
    """Read the barcodes that are needed now, wherever a reader is free; other pages have theirs read with their text."""
    first = may_be_divided(work, room)
    numbers = [
        record.number
        for record in work.records
        if wants_barcodes(record, work.settings) and has_pages(work) and (first or record.state is not PageState.PENDING)
    ]
    async with asyncio.TaskGroup() as group:
        for number in numbers:
            group.create_task(look_and_keep(work, room, turns, number))
    if numbers:
        work.records = await asyncio.to_thread(room.store.pages.records, work.document.id)


async def look_and_keep(work: Work, room: Room, turns: Turns, number: int) -> None:
    """Read the barcodes of one page at its turn, and keep them; a page that can't be opened has none."""
    async with turns.place(work.document.id):
        try:
            read = await ask_reader(work, room, number, (), lambda reader, source: reader.barcodes(ReadBarcodes(source, work.settings)))
            payloads = read.payloads
        except (PageUnreadable, DocumentUnreadable, DecoderKilled):
            payloads = ()
        await asyncio.to_thread(room.store.pages.save_barcodes, work.document.id, work.job.id, work.job.fence, number, payloads)
        work.note(Step.RENDERED)


def wants_barcodes(record: PageRecord, settings: OcrSettings) -> bool:
    """Tell whether barcodes are still to be looked for on a page."""
    within = not settings.barcode_pages or record.number <= settings.barcode_pages
    return settings.barcodes and within and not record.barcodes_read


def may_be_divided(work: Work, room: Room) -> bool:
    """Tell whether barcodes can make several documents of this one: only on its first way, and not of what a person has unlocked."""
    first = work.document.form is DocumentForm.OPEN and not work.file.unlocked
    return first and room.barcodes.may_separate and len(work.records) > 1 and has_pages(work)


def has_pages(work: Work) -> bool:
    """Tell whether there are pages to look at: a text has none, and a locked document shows none."""
    return not work.facts.encrypted and kind_of_type(work.file.mime_type) not in WORDS
