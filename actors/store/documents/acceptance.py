"""What happens when a file comes in whose original is stored: all of it in the one transaction that is open."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.access.classes import class_of
from actors.store.assignments.changes import delivered
from actors.store.assignments.giving import give, taken_numbers
from actors.store.audit.deeds import act_as
from actors.store.catalog.inbox import inbox
from actors.store.documents.duplicates import there_beside, there_for
from actors.store.documents.origins import is_represented, origins_of
from actors.store.documents.sides import note_side
from actors.store.errors import OriginalMissing
from actors.store.files.originals import Originals
from actors.store.identity.rows import user_row
from actors.store.jobs.rows import new_job
from actors.store.nouns.access import Access
from actors.store.nouns.archive import Accepted, DocumentForm, DocumentId, DocumentState, JobId, NewDocument, SourceKey, SourceKind
from actors.store.nouns.jobs import JobKind
from actors.store.rows import counters
from actors.store.rows.archive import DocumentRow, SourceRow
from actors.store.rows.conversions import warnings_of
from actors.store.rows.ordering import UNDATED, title_key
from actors.store.rows.revisions import mark_rows, raise_revision
from actors.store.trash import restore


def answer_to(session: Session, source: SourceKey) -> Accepted | None:
    """Give what was answered to a delivery before, if it has come before."""
    row = session.get(SourceRow, (source.kind, digest_of(source)))
    if row is None:
        return None
    return Accepted(DocumentId(row.document_id), None if row.job_id is None else JobId(row.job_id), row.duplicate)


def made_by(session: Session, document_id: int) -> SourceKey | None:
    """Find the delivery that made a document, or the whole that it is a part of."""
    made = select(SourceRow).where(SourceRow.document_id == document_id, SourceRow.duplicate == False)  # noqa: E712  # SQL, not Python
    row = session.scalars(made.order_by(SourceRow.time).limit(1)).first()
    if row is None or row.kind not in (SourceKind.SPLIT, SourceKind.JOINED, SourceKind.PAGES):
        return None if row is None else SourceKey(row.kind, row.key)
    return next((source for origin in origins_of(session, document_id) if (source := made_by(session, origin))), None)


def accept(
    session: Session, originals: Originals, new: NewDocument, source: SourceKey, now: datetime, origins: Sequence[DocumentRow] = ()
) -> Accepted:
    """Take a delivery in: a new document with its job, a duplicate of one that is there, or what was answered to it before.

    `origins` are those that it was made of.
    """
    answered = answer_to(session, source)
    if answered is not None:
        return answered
    if new.author is not None:
        act_as(session, new.author, lambda: now)
    there = there_beside(session, new.sha256, new.size_bytes, origins) if origins else there_for(session, new)
    if there is None and not originals.stamp(new.sha256):
        # A purge of the same bytes may have come between storing them and this turn.
        raise OriginalMissing(new.sha256)
    accepted = add_document(session, new, now) if there is None else note_duplicate(session, there, now)
    if new.side is not None:
        note_side(session, accepted.document_id, new.side, now)
    session.add(
        SourceRow(
            kind=source.kind,
            digest=digest_of(source),
            key=source.key,
            document_id=accepted.document_id,
            job_id=accepted.job_id,
            duplicate=accepted.duplicate,
            time=now,
        )
    )
    return accepted


def digest_of(source: SourceKey) -> str:
    """Give the digest that a delivery is found by; a path that is not UTF-8 has one of its own too."""
    return sha256(source.key.encode("utf-8", "surrogatepass")).hexdigest()


def note_duplicate(session: Session, row: DocumentRow, now: datetime) -> Accepted:
    """Count the same bytes once more; who brings them again wants them out of the trash, unless others stand there in their place."""
    row.duplicate_count += 1
    raise_revision(row, now)
    if row.trashed and not is_represented(session, row.id):
        restore(session, row, now)
        if row.form is DocumentForm.REPLACED:
            row.form = DocumentForm.OPEN
    else:
        mark_rows(session, [row])
    return Accepted(DocumentId(row.id), None, duplicate=True)


def add_document(session: Session, new: NewDocument, now: datetime) -> Accepted:
    """Add a document, the job that reads it, and its place in the outbox. Raises UserNotFound for an owner who is gone."""
    if new.owner is not None:
        user_row(session, new.owner)
    title = new.title if new.given.title is None else ""  # a title that was sent along is given below, with its reason
    row = DocumentRow(
        revision=1,
        trashed=False,
        state=DocumentState.ACCEPTED,
        title=title,
        title_key=title_key(title),
        original_filename=new.original_filename,
        mime_type=new.mime_type,
        size_bytes=new.size_bytes,
        sha256=new.sha256,
        page_count=0,
        language="",
        created_date=UNDATED,
        added_time=now,
        update_time=now,
        delete_time=None,
        warnings=[],
        has_archive=False,
        archive_bytes=0,
        encrypted=False,
        signed=False,
        duplicate_count=0,
        form=DocumentForm.OPEN,
        version=1,
        version_count=1,
        last_version=1,
        owner_id=new.owner,
        access_id=class_of(session, Access(new.owner)),
    )
    session.add(row)
    session.flush()
    job = new_job(session, DocumentId(row.id), JobKind.DOCUMENT, new.given.title or new.title or new.original_filename, {}, now)
    counters.add(session, counters.LIVE, 1)
    mark_rows(session, [row])
    if proposals := [*delivered(new), *inbox(session)]:  # most have none
        refused = give(session, [row], {DocumentId(row.id): proposals}, now)
        row.warnings = warnings_of(taken_numbers(refused.get(DocumentId(row.id), ())))
    return Accepted(DocumentId(row.id), JobId(job.id), duplicate=False)
