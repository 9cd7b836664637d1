"""The step `bound`: the searchable archive and the thumbnail."""

import asyncio
from collections import Counter

from actors.ocr.errors import DiskTrouble, OcrError
from actors.ocr.messages import BindDocument, BoundPage, RenderPage
from actors.pipeline.kills import despite_kills
from actors.pipeline.ports import Room, WorkingFile
from actors.pipeline.work import Work
from actors.store.nouns.archive import DocumentId, DocumentWarning
from actors.store.nouns.pages import PageRecord, PageState

THUMBNAIL_WIDTH = 400


async def bind_archive(work: Work, room: Room) -> None:
    """Write the searchable PDF/A where there is something to add; a failure leaves a warning, not a failed document."""
    if work.file.unlocked and not work.facts.archivable:
        await keep_copy(work, room)
        return
    if work.file.made and not any(record.words for record in work.records):  # it is PDF/A as it was made
        await keep_copy(work, room)
        return
    if not work.facts.archivable and not work.file.made:
        await asyncio.to_thread(room.store.archives.drop, work.document.id)
        return
    try:
        request = request_of(work, room)
        bound = await despite_kills(lambda: room.binder.bind(request))
    except DiskTrouble:
        raise
    except OcrError as error:
        work.warnings.append(DocumentWarning("NO_ARCHIVE", f"no searchable PDF was made: {error.reason}"))
        if work.file.made:
            await keep_copy(work, room)
            return
        # One that was made before of the same file is still there, and still served.
        work.has_archive = work.document.has_archive and room.store.archives.path(work.document.id).is_file()
        if not work.has_archive:
            await asyncio.to_thread(room.store.archives.drop, work.document.id)
        return
    work.has_archive = True
    work.warnings += [DocumentWarning(notice.code, notice.message, notice.page) for notice in bound.notices]


async def keep_copy(work: Work, room: Room) -> None:
    """Let the file that was worked on be the archive."""
    await asyncio.to_thread(room.store.archives.keep_copy, work.file.path, work.document.id)
    work.has_archive = True


def request_of(work: Work, room: Room) -> BindDocument:
    """Say what goes into the archive."""
    return BindDocument(
        path=work.file.path,
        mime_type=work.file.mime_type,
        target=room.store.data.archive_file(work.document.id),
        pages=tuple(page for record in work.records if (page := bound_page(work, room, record)) is not None),
        title=work.document.title,
        language=main_language(work),
        settings=work.settings,
    )


def main_language(work: Work) -> str:
    """Name the language in which most pages were read, by its model."""
    read = Counter(record.languages[0] for record in work.records if record.languages)
    return read.most_common(1)[0][0] if read else work.settings.languages[0]


def bound_page(work: Work, room: Room, record: PageRecord) -> BoundPage | None:
    """Give what one page gets, if it was read."""
    layer = room.store.layers.path(work.document.id, record.number)
    if record.state is not PageState.DONE or not layer.is_file():
        return None
    return BoundPage(record.number, layer, record.turned, record.replaces)


async def draw_thumbnail(work: Work, room: Room) -> None:
    """Draw the first page small, unless its reader has done so."""
    if not work.facts.pages or (work.records and work.records[0].words and room.store.thumbnails.path(work.document.id).is_file()):
        return
    warning = await draw_first_page(work.document.id, work.file, room)
    if warning is not None:
        work.warnings.append(warning)


async def draw_first_page(document_id: DocumentId, file: WorkingFile, room: Room) -> DocumentWarning | None:
    """Draw the first page of a file small; answer with a warning where that can't be done."""
    try:
        request = RenderPage(file.path, file.mime_type, 1, THUMBNAIL_WIDTH)
        picture = await despite_kills(lambda: room.binder.thumbnail(request))
    except DiskTrouble:
        raise
    except OcrError as error:
        return DocumentWarning("NO_THUMBNAIL", f"no preview could be drawn: {error.reason}")
    await asyncio.to_thread(room.store.thumbnails.put, document_id, picture)
    return None
