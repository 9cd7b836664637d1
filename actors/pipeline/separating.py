"""Dividing a scan where its barcodes say so, before anybody reads it."""

import asyncio
import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from actors.barcodes.separation import Part, separate
from actors.failpoints import Point, around
from actors.intake.names import shown_name
from actors.ocr.errors import DiskTrouble, OcrError
from actors.ocr.kinds import FileKind, kind_of_type
from actors.ocr.messages import AssembleDocument, ChosenPages
from actors.pipeline.barcode_pass import may_be_divided
from actors.pipeline.binding import draw_thumbnail
from actors.pipeline.kills import despite_kills
from actors.pipeline.ports import Room
from actors.pipeline.turns import Turns
from actors.pipeline.work import Work
from actors.store.errors import OriginalMissing
from actors.store.types import Document, DocumentId, DocumentWarning, NewDocument, SourceKey, SourceKind, Successor

SPLIT = "SPLIT"
NOT_SPLIT = "NOT_SPLIT"
PDF = "application/pdf"


class PartsPurged(Exception):
    """A document with the bytes of a part was purged at the moment at which the part was made; the same work again helps."""


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
    await asyncio.to_thread(replace_scan, work, room, successors)
    work.replaced = True


async def make_parts(work: Work, room: Room, parts: Sequence[Part]) -> list[Successor]:
    """Make a PDF of each part's pages, and store it for good."""
    folder = await asyncio.to_thread(room.store.layers.folder, work.document.id)
    path, mime_type = work.file.path, work.file.mime_type
    whole = folder / "whole.pdf"
    if kind_of_type(mime_type) is FileKind.IMAGE:  # once for all parts
        path, mime_type = await assemble(work, room, ChosenPages(path, mime_type, all_pages(work)), whole, ""), PDF
    successors = []
    for number, part in enumerate(parts, 1):
        mark = part_mark(work.document, part)
        made = await assemble(work, room, ChosenPages(path, mime_type, part.pages), folder / f"part-{number}.pdf", mark)
        successors.append(await asyncio.to_thread(store_part, work, room, part, described(work.document, made, number, len(parts)), made))
    whole.unlink(missing_ok=True)
    return successors


async def assemble(work: Work, room: Room, pages: ChosenPages, target: Path, mark: str) -> Path:
    """Have a PDF made of some pages."""
    await despite_kills(partial(room.binder.assemble, AssembleDocument((pages,), target, mark, work.settings)))
    return target


def part_mark(scan: Document, part: Part) -> str:
    """Name a part: the same pages of the same scan."""
    return f"{scan.sha256} {','.join(map(str, part.pages))}"


def all_pages(work: Work) -> tuple[int, ...]:
    """Number the pages of a scan."""
    return tuple(record.number for record in work.records)


def described(scan: Document, made: Path, number: int, count: int) -> NewDocument:
    """Describe a part: its name and title are those of the scan, with its number."""
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return NewDocument(
        sha256=digest,
        size_bytes=made.stat().st_size,
        mime_type=PDF,
        original_filename=shown_name(f"{Path(scan.original_filename).stem}-{number}.pdf"),
        title=f"{scan.title} ({number}/{count})",
    )


def store_part(work: Work, room: Room, part: Part, new: NewDocument, made: Path) -> Successor:
    """Store the original of a part."""
    with around(room.checkpoint, Point.STORED):
        room.store.originals.put(made, new.sha256, made.suffix)
    key = f"{part_mark(work.document, part)} {work.job.id}"
    known = tuple(work.record(page) for page in part.pages)
    payloads = tuple(record.barcodes if record.barcodes_read else None for record in known)
    return Successor(new, SourceKey(SourceKind.SPLIT, key), payloads)


def replace_scan(work: Work, room: Room, successors: Sequence[Successor]) -> None:
    """Let the parts take the place of the scan, whose job ends with that: it has no more to note."""
    work.notes.take(work.job.id)
    try:
        with around(room.checkpoint, Point.COMMITTED):
            room.store.successions.replace(work.job, work.document.id, successors, split_notice, room.now())
    except OriginalMissing as error:
        raise PartsPurged(str(error)) from error


def split_notice(made: Sequence[DocumentId]) -> DocumentWarning:
    """Say what became of a scan."""
    documents = f"documents {', '.join(map(str, made[:-1]))} and {made[-1]}" if len(made) > 1 else f"document {made[0]}"
    return DocumentWarning(SPLIT, f"Barcodes split this scan into the {documents}.")
