"""What workflows want done after all else is kept, from the transaction that wants it until it is done or has failed for good."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select

from actors.store.database import Database
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.workflows import Deeds, DueErrand, Errand, ErrandId, Problem, RemovePassword, WorkflowId
from actors.store.rows.archive import DocumentRow, JobRow
from actors.store.rows.workflows import ErrandRow
from actors.store.workflows.as_json import NAMES, order_of
from actors.store.workflows.rows import show_problems

_TRIES_PASSWORDS = ErrandRow.told["action"].as_string() == NAMES[RemovePassword]


class Errands:
    """Keeps what is to be done. It is done at least once: whoever dies between doing it and `done` does it again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime, limit: int) -> Sequence[DueErrand]:
        """List errands that are due, the longest due first; passwords are tried when nobody is at work on the document."""
        at_work = exists().where(JobRow.document_id == ErrandRow.document_id, JobRow.due_time.is_not(None))
        query = (
            select(ErrandRow)
            .where(ErrandRow.due_time <= now, ~(_TRIES_PASSWORDS & at_work))
            .order_by(ErrandRow.due_time, ErrandRow.id)
            .limit(limit)
        )
        with self._database.read() as session:
            return [due_errand(row) for row in session.scalars(query)]

    def other_passwords(self, due: DueErrand) -> bool:
        """Tell whether other passwords wait to be tried on the document of an errand."""
        others = exists().where(ErrandRow.document_id == due.document_id, ErrandRow.id != due.id, _TRIES_PASSWORDS)
        with self._database.read() as session:
            return session.scalars(select(others)).one()

    def done(self, errand_id: ErrandId) -> None:
        """Forget what was done."""
        with self._database.write() as session:
            session.execute(delete(ErrandRow).where(ErrandRow.id == errand_id))

    def put_off(self, errand_id: ErrandId, until: datetime, *, failed: bool = True) -> None:
        """Wait; an attempt that has failed is counted."""
        with self._database.write() as session:
            row = session.get(ErrandRow, errand_id)
            if row is not None:
                row.attempt, row.due_time = row.attempt + failed, until

    def give_up(self, errand_id: ErrandId, words: str, now: datetime) -> None:
        """Show on the document and with the workflow that it could not be done, and forget it."""
        with self._database.write() as session:
            row = session.get(ErrandRow, errand_id)
            if row is None:
                return
            document = session.get_one(DocumentRow, row.document_id)
            show_problems(session, document, Deeds(problems=(Problem(WorkflowId(row.workflow_id), row.name, words),)), now)
            session.delete(row)


def due_errand(row: ErrandRow) -> DueErrand:
    """Make an errand of its row."""
    errand = Errand(WorkflowId(row.workflow_id), row.name, order_of(row.told))
    return DueErrand(ErrandId(row.id), DocumentId(row.document_id), errand, row.attempt)
