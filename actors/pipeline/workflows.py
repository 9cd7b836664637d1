"""What workflows do to a document on its way: before it is read, and when it is understood."""

from actors.pipeline.ports import Room
from actors.pipeline.work import Work
from actors.store.nouns.archive import Document
from actors.store.nouns.jobs import Job
from actors.store.nouns.workflows import TriggerKind
from actors.workflow.merging import merged


def begin_workflows(job: Job, document: Document, room: Room) -> None:
    """Do what workflows want of a document that is about to be read for the first time.

    An attempt that a crash cut off does it again: its values are the same, its e-mails come twice.
    """
    deeds = room.workflows.deeds(document.id, TriggerKind.CONSUMPTION_STARTED, "")
    if deeds.ran or deeds.problems:
        room.store.workflows.carry_out(document.id, deeds, room.now(), fence=job.fence)


def add_workflows(work: Work, room: Room) -> None:
    """Add what workflows want of a document that is understood for the first time; it is kept with its result.

    One that came locked and is open now is understood a second time: those that ask for its text were asked in vain.
    """
    opened = not work.is_new and bool(work.records) and not room.store.jobs.has_read(work.document.id)
    if not work.is_new and not opened:
        return
    text = "\n".join(record.text for record in work.records)
    work.deeds = room.workflows.deeds(work.document.id, TriggerKind.DOCUMENT_ADDED, text, work.proposals, again=opened)
    work.proposals = merged(work.proposals, work.deeds.proposals)
