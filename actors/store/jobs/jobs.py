"""The queue. A job is held by a lease with a fence; who has lost it can write nothing more (RELIABILITY R5)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select, union_all, update
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.errors import JobActive, JobEnded, JobNotFailed, StaleFence
from actors.store.jobs.retry_policy import LEASE, PUT_OFF, is_given_up, latest_due_time, restart_delay
from actors.store.jobs.rows import (
    active_job,
    end,
    fail_document,
    give_up,
    held_row,
    job_row,
    job_to_change,
    new_job,
    take,
    write_job,
    write_progress,
)
from actors.store.nouns.archive import DocumentId, DocumentState, DocumentWarning, JobId
from actors.store.nouns.jobs import Job, JobKind, JobState, Progress
from actors.store.rows import counters
from actors.store.rows.archive import JobRow
from actors.store.rows.conversions import job_of
from actors.store.rows.pages import reset_pages
from actors.store.rows.revisions import document_row, raise_revision
from actors.store.rows.seeing import require_editable

CANCELLED = DocumentWarning("CANCELLED", "Reading this document was cancelled. Retry its job, or reprocess it, to read it.")
ENDED = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)


class Jobs:
    """Queues work, leases it, and keeps its story. Safe for any number of owners, threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enqueue(self, document_id: DocumentId | None, kind: JobKind, label: str, options: dict[str, str], now: datetime) -> JobId:
        """Queue a job; one on a document reads all its pages again, and what they said is kept until then."""
        with self._database.write() as session:
            if document_id is not None:
                require_editable(document_row(session, document_id))
                reset_pages(session, document_id)
            refuse_second(session, document_id, kind)
            return JobId(new_job(session, document_id, kind, label, options, now).id)

    def lease(self, owner: str, limit: int, now: datetime) -> Sequence[Job]:
        """Take up to `limit` jobs that are due, the longest due first. A lease ends after 60 s without a heartbeat."""
        due = select(JobRow).where(JobRow.due_time <= now).order_by(JobRow.due_time, JobRow.id).limit(limit)
        with self._database.write() as session:
            return [job_of(row) for row in session.scalars(due).all() if take(session, row, owner, now)]

    def heartbeat(self, leases: Iterable[tuple[JobId, int]], now: datetime) -> set[JobId]:
        """Make leases last 60 s from now; answer the jobs that are lost, whose work is to be dropped."""
        lost: set[JobId] = set()
        with self._database.write() as session:
            for job_id, fence in leases:
                held = update(JobRow).where(JobRow.id == job_id, JobRow.fence == fence, JobRow.state == JobState.RUNNING)
                if session.scalars(held.values(due_time=now + LEASE).returning(JobRow.id)).one_or_none() is None:
                    lost.add(job_id)
        return lost

    def take_over(self, now: datetime) -> int:
        """Give back all jobs that a former run held, and void its leases; answer how many. Its death counts against none of them."""
        with self._database.write() as session:
            rows = session.scalars(select(JobRow).where(JobRow.state == JobState.RUNNING)).all()
            for row in rows:
                put_back(session, row, now)
                row.fence = row.change
            for row in session.scalars(select(JobRow).where(JobRow.due_time > now)).all():
                mend_due_time(row, timedelta(), now)
            return len(rows)

    def clock_moved(self, by: timedelta, now: datetime) -> None:
        """Move leases and pauses along with a clock that was set, so that they last as long as they should; what waits is due at once."""
        with self._database.write() as session:
            for row in session.scalars(select(JobRow).where(JobRow.due_time.is_not(None))).all():
                mend_due_time(row, by, now)

    def progress(self, notes: Sequence[Progress], now: datetime) -> set[JobId]:
        """Note how far jobs are, a heartbeat for each of them too; answer the jobs that are lost, whose work is to be dropped."""
        lost: set[JobId] = set()
        with self._database.write() as session:
            for note in notes:
                try:
                    row = held_row(session, note.job_id, note.fence)
                except StaleFence:
                    lost.add(note.job_id)
                else:
                    write_progress(row, note)
                    row.due_time = now + LEASE
                    write_job(session, row, now)
        return lost

    def succeed(self, job_id: JobId, fence: int, now: datetime, last: Progress | None = None) -> None:
        """End a job that is done, and note how far it came at last."""
        with self._database.write() as session:
            row = held_row(session, job_id, fence)
            if last is not None:
                write_progress(row, last)
            end(session, row, JobState.SUCCEEDED, "", now)

    def fail(
        self, job_id: JobId, fence: int, error: str, retryable: bool, now: datetime, jitter: float, last: Progress | None = None
    ) -> Job:
        """Try a job again after a pause or, where that is in vain, give it up; its document is then FAILED."""
        with self._database.write() as session:
            row = held_row(session, job_id, fence)
            if last is not None:
                write_progress(row, last)
            if is_given_up(row.attempt, retryable):
                give_up(session, row, error, now)
            else:
                row.state, row.error, row.owner = JobState.RETRYING, error, ""
                row.due_time = now + restart_delay(row.attempt, jitter)
                write_job(session, row, now)
            return job_of(row)

    def put_off(self, job_id: JobId, fence: int, error: str, now: datetime) -> None:
        """Try a job again after a short pause because the store, not the job, has failed; this attempt does not count."""
        with self._database.write() as session:
            row = held_row(session, job_id, fence)
            row.state, row.error, row.owner, row.attempt = JobState.RETRYING, error, "", row.attempt - 1
            row.due_time = now + PUT_OFF
            write_job(session, row, now)

    def wait(self, job_id: JobId, fence: int, until: datetime, words: str, now: datetime) -> None:
        """Queue a job again for a later moment, because something else must come first; this attempt does not count.

        A restart, or a clock that is set, may bring it up earlier.
        """
        with self._database.write() as session:
            row = held_row(session, job_id, fence)
            put_back(session, row, now)
            row.due_time, row.error = until, words
            if row.document_id is not None:
                document = document_row(session, DocumentId(row.document_id))
                document.state = DocumentState.ACCEPTED
                raise_revision(document, now)

    def release(self, job_id: JobId, fence: int, now: datetime) -> None:
        """Give a job back unharmed, to the front of the queue; this attempt does not count."""
        with self._database.write() as session:
            put_back(session, held_row(session, job_id, fence), now)

    def cancel(self, job_id: JobId, now: datetime) -> Job:
        """End a job at its user's wish; its worker learns it by its next heartbeat."""
        with self._database.write() as session:
            row = job_to_change(session, job_id)
            if row.state in ENDED:
                raise JobEnded(job_id, row.state)
            end(session, row, JobState.CANCELLED, "", now)
            fail_document(session, row.document_id, CANCELLED, now)
            return job_of(row)

    def retry(self, job_id: JobId, now: datetime) -> Job:
        """Queue a failed or cancelled job again, with all attempts before it and the pages it has done."""
        with self._database.write() as session:
            row = job_to_change(session, job_id)
            if row.state not in (JobState.FAILED, JobState.CANCELLED):
                raise JobNotFailed(job_id, row.state)
            document_id = None if row.document_id is None else DocumentId(row.document_id)
            refuse_second(session, document_id, row.kind)
            row.state, row.error, row.attempt, row.kills = JobState.QUEUED, "", 0, 0
            row.due_time, row.finish_time = now, None
            row.queue_time, row.start_time = now, None
            write_job(session, row, now)
            if document_id is not None:
                document = document_row(session, document_id)
                document.state = DocumentState.ACCEPTED
                raise_revision(document, now)
            return job_of(row)

    def get(self, job_id: JobId) -> Job:
        """Give one job."""
        with self._database.read() as session:
            return job_of(job_row(session, job_id))

    def list(self, states: Collection[JobState], document_id: DocumentId | None, after: JobId | None, limit: int) -> Sequence[Job]:
        """List jobs, newest first, beginning after one; all states when `states` is empty."""
        pages = [page_query(state, document_id, after, limit).subquery() for state in states] or [
            page_query(None, document_id, after, limit).subquery()
        ]
        # One walk per state along its index, then a merge: a rare state is found without passing all the others.
        found = union_all(*(select(page.c.id) for page in pages))
        with self._database.read() as session:
            rows = session.scalars(select(JobRow).where(JobRow.id.in_(found)).order_by(JobRow.id.desc()).limit(limit))
            return [job_of(row) for row in rows]

    def is_new(self, document_id: DocumentId) -> bool:
        """Tell whether no job on a document has ended well so far: it is on its way for the first time."""
        ended = exists().where(JobRow.document_id == document_id, JobRow.state == JobState.SUCCEEDED)
        with self._database.read() as session:
            return not session.scalars(select(ended)).one()

    def has_read(self, document_id: DocumentId) -> bool:
        """Tell whether a job on a document has ended well that saw pages: a locked PDF has none before it is opened."""
        ended = exists().where(JobRow.document_id == document_id, JobRow.state == JobState.SUCCEEDED, JobRow.pages_total > 0)
        with self._database.read() as session:
            return session.scalars(select(ended)).one()

    def documents_at_work(self) -> set[DocumentId]:
        """Name the documents that have a job which is queued or at work."""
        query = select(JobRow.document_id).where(JobRow.due_time.is_not(None), JobRow.document_id.is_not(None))
        with self._database.read() as session:
            return {DocumentId(document_id) for document_id in session.scalars(query) if document_id is not None}

    def changed_since(self, change: int, limit: int) -> Sequence[Job]:
        """List the jobs that changed after a change, in the order of their last changes. Nothing is ever missed."""
        query = select(JobRow).where(JobRow.change > change).order_by(JobRow.change).limit(limit)
        with self._database.read() as session:
            return [job_of(row) for row in session.scalars(query)]

    def last_change(self) -> int:
        """Give the number of the last change of any job."""
        with self._database.read() as session:
            return counters.value(session, counters.JOB_CHANGE)


def page_query(state: JobState | None, document_id: DocumentId | None, after: JobId | None, limit: int) -> Select[int]:
    """Select the newest ids of one state, or of all."""
    query = select(JobRow.id).order_by(JobRow.id.desc()).limit(limit)
    if state is not None:
        query = query.where(JobRow.state == state)
    if document_id is not None:
        query = query.where(JobRow.document_id == document_id)
    if after is not None:
        query = query.where(JobRow.id < after)
    return query


def put_back(session: Session, row: JobRow, now: datetime) -> None:
    """Queue a job as if this attempt had not been."""
    row.state, row.owner, row.attempt = JobState.QUEUED, "", row.attempt - 1
    row.start_time = None
    row.due_time = min(row.create_time, now)  # the clock may have been set back since
    write_job(session, row, now)


def mend_due_time(row: JobRow, by: timedelta, now: datetime) -> None:
    """Move the time at which a job is due by what the clock has moved, and never beyond what its state allows.

    After a clock was set back, a time that is not beyond that may have been written since, and stays.
    """
    if row.due_time is None:
        return
    latest = latest_due_time(row.state, row.attempt, now)
    stays = row.state is JobState.QUEUED or (by < timedelta() and row.due_time <= latest)
    row.due_time = min(row.due_time if stays else row.due_time + by, latest)


def refuse_second(session: Session, document_id: DocumentId | None, kind: JobKind) -> None:
    """Refuse a job where one is queued or at work."""
    active = active_job(session, document_id, kind)
    if active is not None:
        raise JobActive(active)
