"""Before the first step: a PDF of what has no pages yet, which then goes the way in its place."""

import asyncio

from actors.ocr.errors import DiskTrouble, OcrError
from actors.ocr.messages import ConvertDocument, DocumentConverted
from actors.ocr.mime_types import OFFICE_SUFFIXES, is_made_into_pdf
from actors.pipeline.kills import despite_kills
from actors.pipeline.ports import Room, WorkingFile
from actors.pipeline.work import Work
from actors.store.nouns.archive import DocumentWarning

PDF = "application/pdf"
NOT_CONVERTED = "NOT_CONVERTED"


async def make_pdf(work: Work, room: Room) -> list[DocumentWarning]:
    """Have a PDF made of a mail, a web page or an office file. Where that fails the file goes on for the words in it, with a warning.

    It lies where the layers of pages do, for as long as the job, and is made anew by each attempt.
    """
    original = work.file
    if not is_made_into_pdf(original.mime_type):
        return []
    folder = await asyncio.to_thread(room.store.layers.folder, work.document.id)
    target = folder / "made.pdf"
    order = ConvertDocument(original.path, original.mime_type, target, work.settings)
    try:
        converted = await _convert(order, room)
    except DiskTrouble:
        raise
    except OcrError as error:
        words = f"Its pages can't be shown, only the words in it can be searched. {error.reason}"
        return [DocumentWarning(NOT_CONVERTED, words)]
    work.file, work.letter = WorkingFile(target, PDF, unlocked=False, made=True), converted.letter
    return [DocumentWarning(notice.code, notice.message, notice.page) for notice in converted.notices]


async def _convert(order: ConvertDocument, room: Room) -> DocumentConverted:
    """Convert an office file elsewhere where that is set, all else here; what fails there is tried here too."""
    suffix = OFFICE_SUFFIXES.get(order.mime_type)
    if suffix is None or room.elsewhere is None:
        return await despite_kills(lambda: room.binder.convert(order))
    try:
        await asyncio.to_thread(room.elsewhere, order.path, suffix, order.target)
        return DocumentConverted(order.target.stat().st_size)
    except OcrError as there:
        try:
            return await despite_kills(lambda: room.binder.convert(order))
        except DiskTrouble:
            raise
        except OcrError as here:
            raise OcrError(f"{there.reason} {here.reason}") from here
