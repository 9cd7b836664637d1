"""Carries out a page order: makes the files, stores them, and puts them where they belong."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PurePath

import structlog

from actors.failpoints import Point, around
from actors.index.errors import IndexUnavailable
from actors.intake.names import shown_name
from actors.ocr.messages import AssembleDocument, ChosenPages
from actors.pipeline.assembling import PDF
from actors.pipeline.collating import JOINED
from actors.pipeline.kills import despite_kills
from actors.pipeline.notes import Notes
from actors.pipeline.ports import Room
from actors.pipeline.separating import SPLIT
from actors.store.errors import JobActive, StoreError, StoreUnavailable
from actors.store.nouns.archive import Document, DocumentId, DocumentWarning, NewDocument
from actors.store.nouns.jobs import Job, Progress
from actors.store.nouns.page_orders import Outcome, PageOrder, Part
from actors.store.nouns.versions import StoredFile, Version, VersionFacts

STEP = "assembled"
# How soon an order looks again whether the job on one of its documents has ended.
LOOK_AGAIN = timedelta(seconds=4)

log = structlog.get_logger()

Sources = Mapping[DocumentId, Version]


class DocumentAwaited(Exception):
    """The order can't be finished before another job has ended."""

    def __init__(self, active: JobActive, until: datetime) -> None:
        super().__init__(f"it waits for job {active.job_id}")
        self.until = until


@dataclass(frozen=True, slots=True)
class Desk:
    """An order at work."""

    job: Job
    order: PageOrder
    subject: Document
    sources: Sources


async def carry_out(job: Job, room: Room, notes: Notes) -> None:
    """Make what is ordered of pages; the transaction that puts it in its place ends the job.

    Files have the same bytes whenever the job makes them, and one job makes them once: a crash leaves all as it was, or all done.
    Raises DocumentAwaited, VersionError, OcrError, StaleFence.
    """
    desk = await asyncio.to_thread(open_desk, job, room)
    folder = await asyncio.to_thread(room.store.layers.folder_of_job, job.id)
    try:
        made = []
        for number, part in enumerate(desk.order.parts):
            notes.note(Progress(job.id, job.fence, STEP, number, len(desk.order.parts)))
            made.append(await make(desk, part, number, folder, room))
        await asyncio.to_thread(keep, desk, made, room, notes)
    finally:
        await asyncio.to_thread(room.store.layers.drop_job, job.id)
    try:
        await room.index.apply()
    except (IndexUnavailable, room.lost) as error:
        log.warning("pages not indexed yet", error=str(error))


def open_desk(job: Job, room: Room) -> Desk:
    """Find the order, and the files that it takes pages of."""
    store = room.store
    order = store.page_orders.get(job.id).order
    sources = {document_id: store.versions.get(document_id, number) for document_id, number in order.sources.items()}
    return Desk(job, order, store.documents.get(order.subject), sources)


async def make(desk: Desk, part: Part, number: int, folder: Path, room: Room) -> Path:
    """Have the PDF of a part made."""
    pages, target = chosen_pages(part, desk.sources, room), folder / f"{number}.pdf"
    mark = f"pages {desk.job.id} {number} {' '.join(version.file.sha256 for version in desk.sources.values())}"
    await despite_kills(partial(room.binder.assemble, AssembleDocument(pages, target, mark, room.settings)))
    return target


def chosen_pages(part: Part, sources: Sources, room: Room) -> tuple[ChosenPages, ...]:
    """Name the files that a part's pages lie in."""
    return tuple(
        ChosenPages(
            room.store.originals.require(sources[piece.document_id].file.sha256),
            sources[piece.document_id].facts.mime_type,
            tuple(page.number for page in piece.pages),
            tuple(page.turn for page in piece.pages),
        )
        for piece in part
    )


def keep(desk: Desk, made: Sequence[Path], room: Room, notes: Notes) -> None:
    """Store what was made, for good, and put it in its place; what comes to have none is removed."""
    originals = room.store.originals
    with around(room.checkpoint, Point.STORED):
        files = [originals.take(path, path.suffix) for path in made]
    notes.take(desk.job.id)
    try:
        with around(room.checkpoint, Point.COMMITTED):
            put(desk, files, room)
    except StoreUnavailable:
        raise  # the next try makes the same files
    except StoreError as error:
        for file in files:
            room.store.versions.drop_unclaimed(file)
        if isinstance(error, JobActive):
            raise DocumentAwaited(error, room.now() + LOOK_AGAIN) from error
        raise


def put(desk: Desk, files: Sequence[StoredFile], room: Room) -> None:
    """Make the stored files a version of the subject, or documents of their own."""
    orders, order, now = room.store.page_orders, desk.order, room.now()
    if order.outcome is Outcome.VERSION:
        pages = sum(len(piece.pages) for piece in order.parts[0])
        facts = VersionFacts(PDF, named(desk.subject, ""), pages, order.label)
        orders.end_with_version(desk.job, files[0], facts, joined_notice, now)
        return
    several = len(files) > 1
    made = [described(desk.subject, file, number if several else 0, len(files)) for number, file in enumerate(files, 1)]
    orders.end_with_documents(desk.job, made, split_notice if several or len(order.sources) == 1 else joined_notice, now)


def described(subject: Document, file: StoredFile, number: int, count: int) -> NewDocument:
    """Describe a document that is made; one of several bears its number."""
    title = f"{subject.title} ({number}/{count})" if number and subject.title else subject.title
    return NewDocument(file.sha256, file.size_bytes, PDF, named(subject, f"-{number}" if number else ""), title)


def named(subject: Document, mark: str) -> str:
    """Name a PDF after the document that it was made of."""
    return shown_name(f"{PurePath(subject.original_filename).stem}{mark}.pdf")


def split_notice(made: Sequence[DocumentId]) -> DocumentWarning:
    """Say what became of a document that was split."""
    documents = f"documents {', '.join(map(str, made[:-1]))} and {made[-1]}" if len(made) > 1 else f"document {made[0]}"
    return DocumentWarning(SPLIT, f"This document was split into the {documents}.", documents=tuple(made))


def joined_notice(made: Sequence[DocumentId]) -> DocumentWarning:
    """Say where the pages of a document went."""
    words = f"The pages of this document were joined into the document {made[0]}."
    return DocumentWarning(JOINED, words, documents=tuple(made[:1]))
