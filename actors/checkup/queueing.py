"""Having a document read again, in the one transaction that is open."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.checkup.findings import NEEDS_PERSON, QUEUED, Treated
from actors.store.files.originals import Originals
from actors.store.jobs.rows import active_job, new_job
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.jobs import JobKind
from actors.store.rows.archive import DocumentRow, JobRow
from actors.store.rows.pages import reset_pages


def read_again(session: Session, originals: Originals, document_id: DocumentId, now: datetime) -> Treated:
    """Queue a document with all its pages; one whose original is gone stays as it is, since reading it would only fail."""
    row = session.get_one(DocumentRow, document_id)
    if not originals.stamp(row.sha256):
        return NEEDS_PERSON
    reset_pages(session, document_id)
    return give_job(session, document_id, now)


def give_job(session: Session, document_id: DocumentId, now: datetime) -> Treated:
    """Queue a document as it stands; pages that are read stay read."""
    row = session.get_one(DocumentRow, document_id)
    if active_job(session, document_id, JobKind.DOCUMENT) is None:
        new_job(session, document_id, JobKind.DOCUMENT, row.title or row.original_filename, {}, now)
    return QUEUED


def at_work(session: Session, first: DocumentId, last: DocumentId) -> set[int]:
    """List the documents in a range of ids that a job is queued or at work on."""
    return set(session.scalars(select(JobRow.document_id).where(JobRow.document_id.between(first, last), JobRow.due_time.is_not(None))))
