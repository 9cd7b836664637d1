"""The pipeline on one page: what happens to a document, in this order."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from actors.failpoints import Point, around
from actors.intake.mail_parts import mailed_time
from actors.ocr.messages import InspectDocument
from actors.pipeline.barcode_pass import look_for_barcodes
from actors.pipeline.binding import bind_archive, draw_thumbnail
from actors.pipeline.collating import JOINED, SHEETS_WITHOUT_BACK, collate, find_fronts
from actors.pipeline.converting import make_pdf
from actors.pipeline.languages import read_again
from actors.pipeline.notes import Notes
from actors.pipeline.ports import Room, WorkingFile
from actors.pipeline.reading import read_pages
from actors.pipeline.scripts import run_after, run_before
from actors.pipeline.separating import SPLIT, divide
from actors.pipeline.steps import Step
from actors.pipeline.turns import Turns
from actors.pipeline.unpacking import unpack
from actors.pipeline.work import NothingReadable, Work, page_warnings, settings_for
from actors.pipeline.workflows import add_workflows, begin_workflows
from actors.store.nouns.archive import Document, DocumentForm, DocumentId, DocumentState, DocumentWarning
from actors.store.nouns.jobs import Job
from actors.store.nouns.pages import PageState
from actors.understanding.facts import Facts

# Warnings of how a document was made, which last whatever is read in it.
OF_ITS_MAKING = frozenset({SPLIT, JOINED, SHEETS_WITHOUT_BACK})

Act = Callable[[Work, Room, Turns], Awaitable[None]]


async def take(job: Job, room: Room, turns: Turns, notes: Notes) -> bool:
    """Take the document of a job all the way, and tell whether the job is still to be ended: not that of a document that was replaced.

    Each step may be taken again after a crash; finished pages are not read again.
    """
    fronts = None if job.document_id is None else await find_fronts(job.document_id, room)
    work = await asyncio.to_thread(begin, job, room, notes)
    if work.is_new and fronts is None:
        await introduce(work, room)
    for step, act in WAY:
        work.note(step)
        await act(work, room, turns)
        if work.replaced:
            return False
    if work.is_new:
        await tell_script(work, room)
    work.note(Step.READY)
    return True


async def introduce(work: Work, room: Room) -> None:
    """Let workflows and the owner's script see a new document before it is read.

    The parts of a scan were seen with it; one of two sides that are about to be joined is seen with the whole.
    """
    if await asyncio.to_thread(is_part, work.document, room):
        return
    if work.job.attempt == 1:
        await asyncio.to_thread(begin_workflows, work.job, work.document, room)
        work.document = await asyncio.to_thread(room.store.documents.get, work.document.id)
    await run_before(room.store, work.document, work.job.id, room.scripts)


def is_part(document: Document, room: Room) -> bool:
    """Tell whether a new document was divided from another: it is whole before it was read, and others are not."""
    return document.form is DocumentForm.WHOLE and bool(room.store.successions.origins(document.id))


async def tell_script(work: Work, room: Room) -> None:
    """Let the owner's script know of a document that is ready."""
    document = await asyncio.to_thread(room.store.documents.get, work.document.id)
    warning = await run_after(room.store, document, work.job.id, room.scripts)
    if warning is not None:
        await asyncio.to_thread(room.store.documents.warn, document.id, warning, room.now())
        await room.index.apply()


def begin(job: Job, room: Room, notes: Notes) -> Work:
    """Find the document and the file to work on."""
    if job.document_id is None:
        raise RuntimeError(f"job {job.id} names no document")
    document = room.store.documents.get(job.document_id)
    is_new = room.store.jobs.is_new(document.id)
    return Work(job, document, working_file(document, room), settings_for(job, room.settings), notes, is_new)


def working_file(document: Document, room: Room) -> WorkingFile:
    """Choose the decrypted copy where a person has unlocked the document, else the original."""
    unlocked = room.store.unlocked.find(document.id)
    if unlocked is not None and document.encrypted:  # a newer version may be open already
        return WorkingFile(unlocked, document.mime_type, unlocked=True)
    return WorkingFile(room.store.originals.path(document), document.mime_type, unlocked=False)


def sweep_spool(room: Room) -> None:
    """Remove what a former life left ready for documents that have no job any more."""
    room.store.layers.drop_jobs()
    left = room.store.layers.documents() | room.store.unlocked.documents()
    for document_id in left - room.store.jobs.documents_at_work():
        clean_up(document_id, room)


async def inspect(work: Work, room: Room, turns: Turns) -> None:  # noqa: ARG001  # every step has the same form
    """Look into the file once: its pages, which of them are to be read, and what a person should know."""
    with around(room.checkpoint, Point.RENDERED):
        work.warnings = await make_pdf(work, room)
        work.inspected = await room.binder.inspect(InspectDocument(work.file.path, work.file.mime_type, work.settings))
    work.letter = work.letter or work.inspected.letter
    work.warnings += [DocumentWarning(notice.code, notice.message, notice.page) for notice in work.inspected.notices]
    work.warnings += [warning for warning in work.document.warnings if warning.code in OF_ITS_MAKING]
    await asyncio.to_thread(keep_inspection, work, room)


def keep_inspection(work: Work, room: Room) -> None:
    """Write down what the file holds; pages that an earlier run has read stay read."""
    facts, document = work.facts, work.document
    pages = [(page.number, page.text, page.needs_reading) for page in facts.pages]
    encrypted = facts.encrypted or work.file.unlocked
    room.store.documents.set_inspection(document.id, work.job.fence, len(pages), encrypted, facts.signed, work.warnings, room.now())
    with around(room.checkpoint, Point.TEXT_COMMITTED):
        room.store.pages.begin(document.id, work.job.id, work.job.fence, pages)
    work.records = room.store.pages.records(document.id)
    work.pages_done = sum(record.state is PageState.DONE for record in work.records)


async def read(work: Work, room: Room, turns: Turns) -> None:
    """Have every page read that needs it, wherever a reader is free, and again where it turns out to be in another language."""
    await read_pages(work, room, turns)
    work.records = await asyncio.to_thread(room.store.pages.records, work.document.id)
    await read_again(work, room, turns)
    work.warnings += page_warnings(work.records)
    failed = [record for record in work.records if record.state is PageState.FAILED]
    if failed and len(failed) == len(work.records):
        raise NothingReadable(f"none of its pages could be read: {failed[0].warning}")


async def bind(work: Work, room: Room, turns: Turns) -> None:  # noqa: ARG001
    """Make what is shown: the searchable PDF/A beside the untouched original, and the thumbnail."""
    await bind_archive(work, room)
    await draw_thumbnail(work, room)


async def understand(work: Work, room: Room, turns: Turns) -> None:  # noqa: ARG001
    """Find out what the text tells: its language first, then what that says of all else, and whether it has come before."""
    with around(room.checkpoint, Point.CLASSIFIED):
        await asyncio.to_thread(make_sense, work, room)
    await asyncio.to_thread(look_for_its_like, work, room)


def look_for_its_like(work: Work, room: Room) -> None:
    """Find out whether the same paper is in the archive."""
    # Imported here, so that the daemon, which knows this module too, does without numpy.
    from actors.pipeline.near_duplicates import find_near_duplicates

    find_near_duplicates(work, room)


def make_sense(work: Work, room: Room) -> None:
    """Understand a document; what it shall be given is kept with its result, in one transaction."""
    document, pages = work.document, [record.text for record in work.records]
    work.language = room.detect_language("\n".join(pages))
    delivery = room.store.documents.delivery(document.id)
    mailed = None if delivery is None else mailed_time(delivery)
    facts = Facts(
        title=document.title,
        filename=document.original_filename,
        language=work.language,
        pages=pages,
        barcodes=[record.barcodes for record in work.records],
        added=document.added_time,
        invoice=work.facts.invoice,
        letter=work.letter,
        mail_date=None if mailed is None else mailed.date(),
    )
    understood = room.understanding.understand(facts)
    work.proposals = understood.proposals
    work.warnings += understood.warnings
    add_workflows(work, room)


async def index(work: Work, room: Room, turns: Turns) -> None:  # noqa: ARG001
    """Make it ready and found: the index takes it from the outbox, and answers when it is committed."""
    while not await asyncio.to_thread(keep_result, work, room):
        # The same paper may have come twice at once, and then neither has seen the other.
        await asyncio.to_thread(look_for_its_like, work, room)
    await room.index.apply()


def keep_result(work: Work, room: Room) -> bool:
    """Write down what became of the document; answer False where documents have come that it was not compared with."""
    return room.store.documents.set_result(
        work.document.id,
        work.job.fence,
        DocumentState.READY,
        work.language,
        work.warnings,
        work.has_archive,
        room.now(),
        work.proposals,
        work.compared,
        work.deeds,
    )


def clean_up(document_id: DocumentId, room: Room) -> None:
    """Remove what lay ready for a document whose job has ended well; not before, since a step that fails is taken again."""
    with suppress(OSError):  # what cannot be removed now goes at the next start
        room.store.layers.drop(document_id)
        room.store.unlocked.drop(document_id)


WAY: tuple[tuple[Step, Act], ...] = (
    (Step.RENDERED, inspect),
    (Step.RENDERED, unpack),
    (Step.RENDERED, collate),
    (Step.RENDERED, look_for_barcodes),
    (Step.RENDERED, divide),
    (Step.READ, read),
    (Step.BOUND, bind),
    (Step.UNDERSTOOD, understand),
    (Step.INDEXED, index),
)
