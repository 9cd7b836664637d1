"""E-mails and calls that workflows want, from the transaction that wants them until they are done or have failed for good."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from actors.store.database import Database
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.workflows import Deeds, DueErrand, Errand, ErrandId, Problem, WorkflowId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.workflows import ErrandRow
from actors.store.workflows.as_json import order_of
from actors.store.workflows.rows import show_problems


class Errands:
    """Keeps what is to be sent. It is sent at least once: whoever dies between sending and `done` sends it again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime, limit: int) -> Sequence[DueErrand]:
        """List errands that are due, the longest due first."""
        query = select(ErrandRow).where(ErrandRow.due_time <= now).order_by(ErrandRow.due_time, ErrandRow.id).limit(limit)
        with self._database.read() as session:
            return [due_errand(row) for row in session.scalars(query)]

    def done(self, errand_id: ErrandId) -> None:
        """Forget what was sent."""
        with self._database.write() as session:
            session.execute(delete(ErrandRow).where(ErrandRow.id == errand_id))

    def put_off(self, errand_id: ErrandId, until: datetime) -> None:
        """Count an attempt that failed, and wait."""
        with self._database.write() as session:
            row = session.get(ErrandRow, errand_id)
            if row is not None:
                row.attempt, row.due_time = row.attempt + 1, until

    def give_up(self, errand_id: ErrandId, words: str, now: datetime) -> None:
        """Show on the document and with the workflow that it could not be sent, and forget it."""
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
