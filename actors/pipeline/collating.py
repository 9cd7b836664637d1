"""Joining the fronts and the backs of sheets that a scanner can only take one side of."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog

from actors.collation.interleaving import MoreBacksThanFronts, SheetPage, Side, interleaved
from actors.collation.pairing import Pair, Waiting, pairs
from actors.ocr.errors import DiskTrouble, OcrError
from actors.ocr.messages import ChosenPages, InspectDocument
from actors.pipeline.assembling import assemble, store_made, take_place
from actors.pipeline.binding import draw_first_page, draw_thumbnail
from actors.pipeline.kills import despite_kills
from actors.pipeline.ports import Room, WorkingFile
from actors.pipeline.turns import Turns
from actors.pipeline.work import Work
from actors.store.errors import OriginalMissing
from actors.store.nouns.archive import Document, DocumentId, DocumentWarning, KeptSide, SourceKey, SourceKind, Successor

log = structlog.get_logger()

JOINED = "JOINED"
NOT_JOINED = "NOT_JOINED"
SHEETS_WITHOUT_BACK = "SHEETS_WITHOUT_BACK"
# How soon the fronts look again whether the work on their backs has come to an end.
LOOK_AGAIN = timedelta(seconds=4)
WAITS = "it waits for the other side of its sheets"


class OtherSideAwaited(Exception):
    """The document can't go on before the other side of its sheets has come, or the time for that is over."""

    def __init__(self, until: datetime) -> None:
        super().__init__(WAITS)
        self.until = until


async def collate(work: Work, room: Room, turns: Turns) -> None:  # noqa: ARG001  # every step has the same form
    """Join this document with its other side, if it is one of two; else it goes on alone and says why.

    The work on the backs joins both, in one transaction: a crash leaves two sides that wait, or the whole. Nothing is deleted.
    """
    side = await asyncio.to_thread(room.store.sides.find, work.document.id)
    if side is None:
        return
    fronts = await find_fronts(work.document.id, room)
    if fronts is not None:
        await join(work, room, fronts)
    elif side.problem:
        work.warnings.append(DocumentWarning(NOT_JOINED, side.problem))
    else:
        go_on_alone(work, room)


async def find_fronts(document_id: DocumentId, room: Room) -> DocumentId | None:
    """Find the fronts of sheets whose backs a document is; None for another. OtherSideAwaited: its time has not come.

    It is asked before anything is begun, too, so that one that waits costs nothing, and no script sees it again and again.
    """
    side = await asyncio.to_thread(room.store.sides.find, document_id)
    if side is None or side.problem:
        return None
    pair = await asyncio.to_thread(find_pair, room, side)
    if pair is None:
        if room.now() < side.waits_until:
            raise OtherSideAwaited(side.waits_until)
        return None
    if pair.fronts == document_id:
        # The backs may have come first, and have begun to wait at the moment at which these fronts came.
        await asyncio.to_thread(room.store.sides.wake, pair.backs, room.now())
        raise OtherSideAwaited(room.now() + LOOK_AGAIN)
    return pair.fronts


def find_pair(room: Room, side: KeptSide) -> Pair | None:
    """Find the other side that came to the same folder."""
    waiting = [Waiting(one.document_id, one.scan_ns) for one in room.store.sides.waiting(side.folder)]
    found = pairs(waiting, room.sides_patience)
    return next((pair for pair in found if side.document_id in (pair.fronts, pair.backs)), None)


def go_on_alone(work: Work, room: Room) -> None:
    """Say that the time for the other side is over."""
    minutes = round(room.sides_patience.total_seconds() / 60)
    words = f"No scan of the other sides came to the folder within {minutes} minutes, so this one is a document of its own."
    work.warnings.append(DocumentWarning(NOT_JOINED, words))
    log.warning("other side did not come", document_id=work.document.id, minutes=minutes)


async def join(work: Work, room: Room, fronts_id: DocumentId) -> None:
    """Make one document of fronts and these backs, and put it in their place."""
    fronts = await asyncio.to_thread(room.store.documents.get, fronts_id)
    try:
        file = WorkingFile(room.store.originals.path(fronts), fronts.mime_type, unlocked=False)
        pages = await choose_pages(work, room, file)
        folder = await asyncio.to_thread(room.store.layers.folder, work.document.id)
        made = await assemble(work, room, pages, folder / "joined.pdf", whole_mark(fronts, work.document))
    except DiskTrouble:
        raise
    except (OcrError, OriginalMissing, MoreBacksThanFronts) as error:
        words = f"It came as one of two sides, but they can't be joined, and each is a document of its own: {error}"
        await asyncio.to_thread(room.store.sides.part, [fronts.id, work.document.id], words, room.now())
        log.warning("sides not joined", document_id=work.document.id, fronts=fronts.id, error=type(error).__name__)
        # Both begin anew, each as a document that nobody has seen yet.
        raise OtherSideAwaited(room.now()) from error
    await draw_thumbnail(work, room)
    await draw_first_page(fronts_id, file, room)  # they have waited, and nothing was done to them
    whole = await asyncio.to_thread(store_whole, work, room, fronts, made, len(pages))
    merge = partial(room.store.successions.join, work.job, [fronts.id, work.document.id], whole, joined_notice)
    await asyncio.to_thread(take_place, work, room, merge)
    if not work.replaced:  # the fronts are gone, or go alone
        raise OtherSideAwaited(room.now())


async def choose_pages(work: Work, room: Room, fronts: WorkingFile) -> list[ChosenPages]:
    """Put the pages of both sides in order."""
    order = InspectDocument(fronts.path, fronts.mime_type, work.settings)
    inspected = await despite_kills(lambda: room.binder.inspect(order))
    for facts in (inspected, work.facts):
        if facts.encrypted or facts.signed:
            raise OcrError("One of them is signed." if facts.signed else "One of them is locked with a password.")
    files = {Side.FRONT: fronts, Side.BACK: work.file}

    def chosen(page: SheetPage) -> ChosenPages:
        return ChosenPages(files[page.side].path, files[page.side].mime_type, (page.number,))

    return [chosen(page) for page in interleaved(len(inspected.pages), len(work.facts.pages))]


def store_whole(work: Work, room: Room, fronts: Document, made: Path, pages: int) -> Successor:
    """Store the whole; its name and title are those of the fronts."""
    new = store_made(room, made, Path(fronts.original_filename).stem, fronts.title)
    source = SourceKey(SourceKind.JOINED, f"{work.job.id} {whole_mark(fronts, work.document)}")
    return Successor(new, source, warnings=without_back(pages, len(work.facts.pages)))


def whole_mark(fronts: Document, backs: Document) -> str:
    """Name a whole by its sides."""
    return f"{fronts.sha256} {backs.sha256}"


def without_back(pages: int, backs: int) -> tuple[DocumentWarning, ...]:
    """Say that more sheets have no back than the last: a sheet may have slipped through, or the scanner left out what is blank."""
    missing = pages - 2 * backs
    if missing <= 1:
        return ()
    words = (
        f"Its fronts have {pages - backs} pages and its backs {backs}: the last {missing} sheets were taken to have no back. "
        "Where others have none, the order is wrong; both scans are in the trash."
    )
    return (DocumentWarning(SHEETS_WITHOUT_BACK, words),)


def joined_notice(made: Sequence[DocumentId]) -> DocumentWarning:
    """Say what became of two sides."""
    words = f"This scan of one side of some sheets was joined with the other into the document {made[0]}."
    return DocumentWarning(JOINED, words, documents=tuple(made[:1]))
