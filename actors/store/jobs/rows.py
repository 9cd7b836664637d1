"""The life of a job's row: made, leased, ended. Each function works in the one transaction that is open."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.audit.as_json import kept_author
from actors.store.audit.deeds import author_in
from actors.store.errors import JobNotFound, StaleFence
from actors.store.jobs.retry_policy import LEASE, MAX_KILLS
from actors.store.nouns.archive import DocumentId, DocumentState, DocumentWarning, JobId
from actors.store.nouns.jobs import JobKind, JobState, Progress
from actors.store.rows.archive import DocumentRow, JobRow
from actors.store.rows.conversions import warnings_of
from actors.store.rows.counters import next_change
from actors.store.rows.revisions import mark_rows, raise_revision
from actors.store.rows.seeing import require_editable, viewer_in

KILLED = f"Its worker was killed {MAX_KILLS} times at this work."
UNDECIDED = (DocumentState.ACCEPTED, DocumentState.PROCESSING)


def new_job(session: Session, document_id: DocumentId | None, kind: JobKind, label: str, options: dict[str, str], now: datetime) -> JobRow:
    """Queue a job that may be taken at once."""
    row = JobRow(
        document_id=document_id,
        kind=kind,
        state=JobState.QUEUED,
        step="accepted",
        pages_done=0,
        pages_total=0,
        error="",
        attempt=0,
        kills=0,
        fence=0,
        owner="",
        label=label,
        options=options,
        change=next_change(session),
        create_time=now,
        update_time=now,
        queue_time=now,
        start_time=None,
        finish_time=None,
        due_time=now,
        user_id=None if (viewer := viewer_in(session)) is None else viewer.user,
        author=None if document_id is not None or (author := author_in(session)) is None else kept_author(author),
    )
    session.add(row)
    session.flush()
    return row


def job_row(session: Session, job_id: JobId) -> JobRow:
    """Load a job."""
    row = session.get(JobRow, job_id)
    if row is None:
        raise JobNotFound(job_id)
    return row


def job_to_change(session: Session, job_id: JobId) -> JobRow:
    """Load a job that a user stops or begins again: whoever may change its document may."""
    row = job_row(session, job_id)
    if row.document_id is not None and (document := session.get(DocumentRow, row.document_id)) is not None:
        require_editable(document)
    return row


def held_row(session: Session, job_id: JobId, fence: int) -> JobRow:
    """Load a job for the worker that holds it; a job that was purged is held by nobody."""
    row = session.get(JobRow, job_id)
    if row is None or row.state is not JobState.RUNNING or row.fence != fence:
        raise StaleFence(fence)
    return row


def require_lease(session: Session, document_id: DocumentId, fence: int) -> None:
    """Refuse the work of a worker that no longer holds a job of this document."""
    held = select(JobRow.id).where(JobRow.document_id == document_id, JobRow.fence == fence, JobRow.state == JobState.RUNNING)
    if session.scalars(held).one_or_none() is None:
        raise StaleFence(fence)


def active_job(session: Session, document_id: DocumentId | None, kind: JobKind) -> JobId | None:
    """Find the job that is queued or at work on a document or, without one, of this kind."""
    query = select(JobRow.id).where(JobRow.due_time.is_not(None))
    same = JobRow.document_id == document_id if document_id is not None else JobRow.document_id.is_(None) & (JobRow.kind == kind)
    found = session.scalars(query.where(same).limit(1)).first()
    return None if found is None else JobId(found)


def write_job(session: Session, row: JobRow, now: datetime) -> None:
    """Note that a job has changed, for those who watch."""
    row.update_time = now
    row.change = next_change(session)


def write_progress(row: JobRow, note: Progress) -> None:
    """Note how far a job is. A new page done clears the kills, since the next death is another's fault."""
    if note.pages_done > row.pages_done:
        row.kills = 0
    row.step, row.pages_done, row.pages_total = note.step, note.pages_done, note.pages_total


def take(session: Session, row: JobRow, owner: str, now: datetime) -> bool:
    """Lease a due job to a worker, unless it has killed too many; answer whether it was leased.

    A job that is due while it runs has lost its worker. The change number of a lease is its fence: no other lease ever has it.
    """
    if row.state is JobState.RUNNING:
        row.kills += 1
        if row.kills >= MAX_KILLS:
            give_up(session, row, KILLED, now)
            return False
    else:
        row.attempt += 1
    row.state = JobState.RUNNING
    row.owner = owner
    row.start_time = row.start_time or now
    row.due_time = now + LEASE
    write_job(session, row, now)
    row.fence = row.change
    if row.document_id is not None:
        begin_document(session, row.document_id, now)
    return True


def end(session: Session, row: JobRow, state: JobState, error: str, now: datetime) -> None:
    """End a job; nobody holds it any more."""
    row.state = state
    row.error = error
    row.owner = ""
    row.due_time = None
    row.finish_time = now
    write_job(session, row, now)


def give_up(session: Session, row: JobRow, error: str, now: datetime) -> None:
    """Put a job to the dead letters; its document keeps its original, and says what went wrong."""
    end(session, row, JobState.FAILED, error, now)
    fail_document(session, row.document_id, DocumentWarning("PROCESSING_FAILED", error), now)


def begin_document(session: Session, document_id: int, now: datetime) -> None:
    """Show that a job is at work on a document."""
    document = session.get_one(DocumentRow, document_id)
    if document.state is not DocumentState.PROCESSING:
        document.state = DocumentState.PROCESSING
        raise_revision(document, now)


def fail_document(session: Session, document_id: int | None, warning: DocumentWarning, now: datetime) -> None:
    """Show that a document was not read to its end; one that is READY or FAILED already stays so."""
    if document_id is None:
        return
    document = session.get_one(DocumentRow, document_id)
    if document.state in UNDECIDED:
        document.state = DocumentState.FAILED
        document.warnings = [*document.warnings, *warnings_of([warning])]
        raise_revision(document, now)
        mark_rows(session, [document])
