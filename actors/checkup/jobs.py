"""Whether every document that is to be read has a job, and every job a time at which it goes on."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from actors.checkup.findings import MENDED, QUEUED, Finding, Kind, Treated
from actors.checkup.messages import CheckOrder
from actors.checkup.queueing import give_job
from actors.checkup.subject import Plain
from actors.store.jobs.jobs import ENDED, put_back
from actors.store.jobs.rows import UNDECIDED, write_job
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.jobs import JobState
from actors.store.rows.archive import DocumentRow, JobRow
from actors.store.store import Store

# A lease lasts a minute; a daemon that is at work takes a job with an older one within seconds, unless all its places are taken.
LOST_AFTER = timedelta(minutes=10)


class JobStates(Plain):
    """Asks the database for jobs and documents that would wait for ever."""

    def __init__(self, store: Store, order: CheckOrder, now: datetime) -> None:
        super().__init__(order)
        self._store = store
        self._now = now

    def total(self) -> int:
        """Count the two questions."""
        return 2

    def look(self) -> Iterator[Finding | int]:
        """Ask both questions."""
        with self._store.database.read() as session:
            jobs = session.scalars(select(JobRow).where(self._stuck(self._now)).order_by(JobRow.id)).all()
            documents = session.scalars(select(DocumentRow.id).where(_forgotten()).order_by(DocumentRow.id)).all()
        yield from (_stuck_job(job) for job in jobs)
        yield 1
        yield from (Finding(Kind.DOCUMENT_FORGOTTEN, DocumentId(number)) for number in documents)
        yield 1

    def confirm(self, session: Session, suspect: Finding, now: datetime) -> bool:
        """Ask again about this one."""
        if suspect.kind is Kind.DOCUMENT_FORGOTTEN:
            return session.scalars(select(DocumentRow.id).where(DocumentRow.id == suspect.document_id, _forgotten())).first() is not None
        return session.scalars(select(JobRow.id).where(JobRow.id == int(suspect.evidence), self._stuck(now))).first() is not None

    def mend(self, session: Session, finding: Finding, now: datetime) -> Treated:
        """Queue it, or end what has ended."""
        if finding.document_id is not None and finding.kind is Kind.DOCUMENT_FORGOTTEN:
            return give_job(session, finding.document_id, now)
        row = session.get_one(JobRow, int(finding.evidence))
        if row.state in ENDED:
            row.due_time = None
            write_job(session, row, now)
            return MENDED
        if row.state is JobState.RUNNING:
            put_back(session, row, now)
            row.fence = row.change  # whoever held it holds it no more
        row.due_time = now
        write_job(session, row, now)
        return QUEUED

    def _stuck(self, now: datetime) -> ColumnElement[bool]:
        undated = JobRow.state.in_(ENDED) != JobRow.due_time.is_(None)
        if not self._order.daemon_works:
            return undated  # what was at work goes on when the daemon starts
        return undated | ((JobRow.state == JobState.RUNNING) & (JobRow.due_time < now - LOST_AFTER))


def _stuck_job(job: JobRow) -> Finding:
    if job.state in ENDED:
        detail = f"job {job.id} has ended and would be taken up again"
    elif job.due_time is None:
        detail = f"job {job.id} is {job.state}, but never due"
    else:
        detail = f"job {job.id} has lost its worker, and nobody takes it up"
    return Finding(Kind.JOB_STUCK, None if job.document_id is None else DocumentId(job.document_id), "", detail, str(job.id))


def _forgotten() -> ColumnElement[bool]:
    at_work = exists().where(JobRow.document_id == DocumentRow.id, JobRow.due_time.is_not(None))
    return DocumentRow.state.in_(UNDECIDED) & ~at_work
