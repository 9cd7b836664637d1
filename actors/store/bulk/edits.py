"""Bulk edits: many documents changed by one job, some in each transaction, so that nobody waits long for a turn to write."""

from collections.abc import Sequence
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from actors.store.access.acting import act_for_orderer
from actors.store.assignments.giving import Wanted
from actors.store.assignments.history import told
from actors.store.bulk.acts import carry_out
from actors.store.bulk.orders import fields_in, kept_order, order_of
from actors.store.catalog.field_rows import fields_by_id
from actors.store.database import Database
from actors.store.errors import JobActive, JobNotFound, NothingToUndo
from actors.store.jobs.retry_policy import LEASE
from actors.store.jobs.rows import held_row, job_row, new_job, write_job, write_progress
from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.assignments import Assignment, AssignmentId
from actors.store.nouns.bulk_edits import BulkAction, BulkEdit, BulkFailure, BulkOrder
from actors.store.nouns.jobs import JobKind, Progress
from actors.store.rows.bulk_edits import BulkEditRow, BulkResultRow
from actors.store.rows.catalog import AssignmentRow

STEP = "edited"
NOTHING_WANTED: Wanted = MappingProxyType({})


class BulkEdits:
    """Queues them, does them step by step, and tells what came of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, order: BulkOrder, documents: Sequence[DocumentId], label: str, now: datetime, request_id: str = "") -> JobId:
        """Queue the job of a bulk edit; a request that has come before is answered as then. Raises FieldNotFound, FieldValueInvalid."""
        with self._database.write() as session:
            return _asked_before(session, request_id) or _queued(session, order, documents, label, now, request_id)

    def asked_before(self, request_id: str) -> JobId | None:
        """Find the job of a request that has come before; none for one without an id."""
        with self._database.read() as session:
            return _asked_before(session, request_id)

    def documents(self, job_id: JobId) -> Sequence[DocumentId]:
        """Give all documents of a bulk edit, in their order."""
        with self._database.read() as session:
            return [DocumentId(each) for each in _row(session, job_id).documents]

    def order(self, job_id: JobId) -> BulkOrder:
        """Tell what a bulk edit does; raises FieldNotFound where a field is gone since."""
        with self._database.read() as session:
            return _order(session, job_id)

    def step(
        self, job_id: JobId, fence: int, begin: int, some: Sequence[DocumentId], total: int, now: datetime, wanted: Wanted = NOTHING_WANTED
    ) -> int:
        """Do the documents that stand from `begin` on, and answer where to go on: what was done before is not done again.

        `wanted` is what rules and learning propose for them, where they are asked. Raises StaleFence for whoever does not hold the job,
        OrdererGone, FieldNotFound.
        """
        with self._database.write() as session:
            job = held_row(session, job_id, fence)
            if job.pages_done != begin:
                return job.pages_done
            act_for_orderer(session, job, now)
            carry_out(session, job_id, _order(session, job_id), some, wanted, now)
            write_progress(job, Progress(job_id, fence, STEP, begin + len(some), total))
            job.due_time = now + LEASE
            write_job(session, job, now)
            return job.pages_done

    def get(self, job_id: JobId, most_failures: int) -> BulkEdit:
        """Tell what a bulk edit came to so far."""
        results = select(func.count()).select_from(BulkResultRow).where(BulkResultRow.job_id == job_id)
        failed = select(BulkResultRow).where(BulkResultRow.job_id == job_id, BulkResultRow.error != "")
        with self._database.read() as session:
            undoes = _row(session, job_id).order["undoes"]
            rows = session.scalars(failed.order_by(BulkResultRow.document_id).limit(most_failures))
            failures = tuple(BulkFailure(DocumentId(row.document_id), row.error) for row in rows)
            return BulkEdit(
                job_id=job_id,
                undoes=None if undoes is None else JobId(undoes),
                documents=job_row(session, job_id).pages_total,
                changed=session.scalars(results.where(BulkResultRow.error == "")).one(),
                failed=session.scalars(results.where(BulkResultRow.error != "")).one(),
                failures=failures,
            )

    def given(self, job_id: JobId, after: AssignmentId, limit: int) -> Sequence[Assignment]:
        """List what a bulk edit has given so far, beginning after one, in the order in which it was given."""
        ours = (BulkResultRow.job_id == job_id) & (BulkResultRow.document_id == AssignmentRow.document_id)
        within = AssignmentRow.id > BulkResultRow.first_assignment, AssignmentRow.id <= BulkResultRow.last_assignment
        query = select(AssignmentRow).join(BulkResultRow, ours).where(*within)
        found = list[Assignment]()
        with self._database.read() as session:
            while wanted := limit - len(found):
                rows = session.scalars(query.where(AssignmentRow.id > after).order_by(AssignmentRow.id).limit(wanted)).all()
                found += told(session, rows)
                if len(rows) < wanted:
                    break
                after = AssignmentId(rows[-1].id)
        return found

    def undo(self, job_id: JobId, now: datetime) -> tuple[JobId, int]:
        """Queue a job that takes back what another has done, and count its documents; raises JobActive, NothingToUndo."""
        moved_or_given = or_(BulkResultRow.moved != "", BulkResultRow.last_assignment > BulkResultRow.first_assignment)
        changed = select(BulkResultRow.document_id).where(BulkResultRow.job_id == job_id, moved_or_given)
        with self._database.write() as session:
            _row(session, job_id)
            if job_row(session, job_id).due_time is not None:
                raise JobActive(job_id)
            documents = [DocumentId(each) for each in session.scalars(changed.order_by(BulkResultRow.document_id))]
            if not documents:
                raise NothingToUndo(job_id)
            order = BulkOrder(BulkAction.UNDO, undoes=job_id)
            return _queued(session, order, documents, f"undo job {job_id}", now), len(documents)


def _queued(session: Session, order: BulkOrder, documents: Sequence[DocumentId], label: str, now: datetime, request_id: str = "") -> JobId:
    fields = fields_by_id(session, {field for field, _ in order.changes.fields})
    kept = kept_order(order, fields)
    job = new_job(session, None, JobKind.BULK_EDIT, label, {}, now)
    job.pages_total = len(documents)
    session.add(BulkEditRow(job_id=job.id, order=kept, documents=list(documents), request_id=request_id or None))
    return JobId(job.id)


def _asked_before(session: Session, request_id: str) -> JobId | None:
    known = session.scalars(select(BulkEditRow.job_id).where(BulkEditRow.request_id == request_id)).one_or_none()
    return None if known is None else JobId(known)


def _order(session: Session, job_id: JobId) -> BulkOrder:
    kept = _row(session, job_id).order
    return order_of(kept, fields_by_id(session, fields_in(kept)))


def _row(session: Session, job_id: JobId) -> BulkEditRow:
    row = session.get(BulkEditRow, job_id)
    if row is None:
        raise JobNotFound(job_id)
    return row
