"""Scans of one side of some sheets that wait for the other: rows that are there as long as they wait or are read alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.jobs.rows import active_job, job_row, new_job, write_job
from actors.store.nouns.archive import DocumentId, KeptSide, ScanSide
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.rows.archive import DocumentRow, JobRow, SideRow
from actors.store.rows.revisions import document_row


class Sides:
    """Finds the scans that wait in a folder, and lets them wait no more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, document_id: DocumentId) -> KeptSide | None:
        """Tell whether a document is one side of some sheets, and what is known of it."""
        with self._database.read() as session:
            row = session.get(SideRow, document_id)
            return None if row is None else side_of(row)

    def waiting(self, folder: str) -> Sequence[KeptSide]:
        """List the scans of a folder that may still be joined: in the archive, with a job, and not parted."""
        at_work = exists().where(JobRow.document_id == SideRow.document_id, JobRow.due_time.is_not(None))
        live = exists().where(DocumentRow.id == SideRow.document_id, DocumentRow.trashed == False)  # noqa: E712  # SQL, not Python
        query = select(SideRow).where(SideRow.folder == folder, SideRow.problem == "", at_work, live)
        with self._database.read() as session:
            return [side_of(row) for row in session.scalars(query.order_by(SideRow.scan_ns, SideRow.document_id))]

    def wake(self, document_id: DocumentId, now: datetime) -> None:
        """Have a scan that waits looked at now."""
        with self._database.write() as session:
            hurry(session, document_id, now)

    def part(self, document_ids: Sequence[DocumentId], problem: str, now: datetime) -> None:
        """Let scans that were taken for two sides be read alone, each with this warning; those that wait do so no more."""
        with self._database.write() as session:
            for document_id in document_ids:
                row = session.get(SideRow, document_id)
                if row is not None:
                    row.problem = problem
                    hurry(session, document_id, now)


def note_side(session: Session, document_id: DocumentId, side: ScanSide, now: datetime) -> None:
    """Let a document wait for its other side; one that has been read meanwhile gets a job again, which finds it out.

    One that others have replaced was joined before: the same scans came again.
    """
    document = document_row(session, document_id)
    if document.trashed:
        return
    for other in session.scalars(select(SideRow.document_id).where(SideRow.folder == side.folder, SideRow.problem == "")).all():
        hurry(session, DocumentId(other), now)  # the first may come last: files are taken in side by side
    session.merge(
        SideRow(document_id=document_id, folder=side.folder, scan_ns=side.scan_ns, waits_until=now + side.patience, problem=""),
    )
    if active_job(session, document_id, JobKind.DOCUMENT) is None:
        new_job(session, document_id, JobKind.DOCUMENT, document.title or document.original_filename, {}, now)


def is_waiting(session: Session, document_id: DocumentId) -> bool:
    """Tell whether a document still waits for its other side."""
    row = session.get(SideRow, document_id)
    return row is not None and row.problem == "" and not document_row(session, document_id).trashed


def forget_sides(session: Session, document_ids: Sequence[DocumentId]) -> None:
    """Let documents be sides no more."""
    session.execute(delete(SideRow).where(SideRow.document_id.in_(document_ids)))


def hurry(session: Session, document_id: DocumentId, now: datetime) -> None:
    """Have the job of a document taken at once, if it only waits."""
    active = active_job(session, document_id, JobKind.DOCUMENT)
    if active is not None and (row := job_row(session, active)).state is JobState.QUEUED:
        row.due_time = now
        write_job(session, row, now)


def side_of(row: SideRow) -> KeptSide:
    """Make a side of its row."""
    return KeptSide(DocumentId(row.document_id), row.folder, row.scan_ns, row.waits_until, row.problem)
