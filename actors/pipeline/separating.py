"""Dividing a scan where its barcodes say so, before anybody reads it."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from actors.barcodes.separation import Part, separate
from actors.ocr.errors import DiskTrouble, OcrError
from actors.ocr.messages import ChosenPages
from actors.ocr.mime_types import FileKind, kind_of_type
from actors.pipeline.assembling import PDF, assemble, store_made, take_place
from actors.pipeline.barcode_pass import may_be_divided
from actors.pipeline.binding import draw_thumbnail
from actors.pipeline.ports import Room
from actors.pipeline.turns import Turns
from actors.pipeline.work import Work
from actors.store.nouns.archive import Document, DocumentId, DocumentWarning, SourceKey, SourceKind, Successor

SPLIT = "SPLIT"
NOT_SPLIT = "NOT_SPLIT"


async def divide(work: Work, room: Room, turns: Turns) -> None:  # noqa: ARG001  # every step has the same form
    """Put the documents that barcodes find in a scan in its place; it goes to the trash, unharmed and unread.

    Parts have the same bytes whenever they are made, and all of them take the place of the scan in one transaction: a crash leaves the
    scan as it was, or the parts.
    """
    parts = separate([record.barcodes for record in work.records], room.barcodes) if may_be_divided(work, room) else ()
    if not parts:
        return
    if work.facts.signed:
        work.warnings.append(DocumentWarning(NOT_SPLIT, "Barcodes would split this scan, but it is signed and stays whole."))
        return
    try:
        successors = await make_parts(work, room, parts)
    except DiskTrouble:
        raise
    except OcrError as error:
        work.warnings.append(DocumentWarning(NOT_SPLIT, f"Barcodes would split this scan, but it stays whole: {error.reason}"))
        return
    await draw_thumbnail(work, room)
    split = partial(room.store.successions.split, work.job, work.document.id, successors, split_notice)
    await asyncio.to_thread(take_place, work, room, split)


async def make_parts(work: Work, room: Room, parts: Sequence[Part]) -> list[Successor]:
    """Make a PDF of each part's pages, and store it for good."""
    folder = await asyncio.to_thread(room.store.layers.folder, work.document.id)
    path, mime_type, whole = work.file.path, work.file.mime_type, folder / "whole.pdf"
    if kind_of_type(mime_type) is FileKind.IMAGE:  # once for all parts
        pages = tuple(record.number for record in work.records)
        path, mime_type = await assemble(work, room, [ChosenPages(path, mime_type, pages)], whole, ""), PDF
    successors = []
    for number, part in enumerate(parts, 1):
        mark = part_mark(work.document, part)
        made = await assemble(work, room, [ChosenPages(path, mime_type, part.pages)], folder / f"part-{number}.pdf", mark)
        successors.append(await asyncio.to_thread(store_part, work, room, part, made, f"{number}/{len(parts)}"))
    whole.unlink(missing_ok=True)
    return successors


def store_part(work: Work, room: Room, part: Part, made: Path, place: str) -> Successor:
    """Store a part; its name and title are those of the scan, with its number."""
    scan, number = work.document, place.partition("/")[0]
    new = store_made(room, made, f"{Path(scan.original_filename).stem}-{number}", f"{scan.title} ({place})")
    known = tuple(work.record(page) for page in part.pages)
    payloads = tuple(record.barcodes if record.barcodes_read else None for record in known)
    return Successor(new, SourceKey(SourceKind.SPLIT, f"{part_mark(scan, part)} {work.job.id}"), payloads)


def part_mark(scan: Document, part: Part) -> str:
    """Name a part: the same pages of the same scan."""
    return f"{scan.sha256} {','.join(map(str, part.pages))}"


def split_notice(made: Sequence[DocumentId]) -> DocumentWarning:
    """Say what became of a scan."""
    documents = f"documents {', '.join(map(str, made[:-1]))} and {made[-1]}" if len(made) > 1 else f"document {made[0]}"
    return DocumentWarning(SPLIT, f"Barcodes split this scan into the {documents}.", documents=tuple(made))
