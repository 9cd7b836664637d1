"""Documents made of the pages of others: their file, and the moment at which they take their place."""

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from actors.failpoints import Point, around
from actors.intake.names import shown_name
from actors.ocr.messages import AssembleDocument, ChosenPages
from actors.pipeline.kills import despite_kills
from actors.pipeline.ports import Room
from actors.pipeline.work import Work
from actors.store.documents.successions import Replace
from actors.store.errors import OriginalMissing
from actors.store.nouns.archive import NewDocument

PDF = "application/pdf"


class MadePurged(Exception):
    """A document with the same bytes was purged at the moment at which this one was made; the same work again helps."""


async def assemble(work: Work, room: Room, pages: Sequence[ChosenPages], target: Path, mark: str) -> Path:
    """Have a PDF made of pages."""
    await despite_kills(partial(room.binder.assemble, AssembleDocument(tuple(pages), target, mark, work.settings)))
    return target


def store_made(room: Room, made: Path, stem: str, title: str) -> NewDocument:
    """Store a PDF that was made as an original, for good, and describe its document."""
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = made.stat().st_size
    with around(room.checkpoint, Point.STORED):
        room.store.originals.put(made, digest, made.suffix)
    return NewDocument(digest, size, PDF, shown_name(f"{stem}.pdf"), title)


def take_place(work: Work, room: Room, replace: Replace) -> None:
    """Let what was made take the place of the document at work, whose job ends with that: it has no more to note."""
    work.notes.take(work.job.id)
    try:
        with around(room.checkpoint, Point.COMMITTED):
            work.replaced = bool(replace(room.now()))
    except OriginalMissing as error:
        raise MadePurged(str(error)) from error
