"""Workflows, in the order in which they run."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from actors.store.assignments.giving import give
from actors.store.catalog.names import free_key, require_free_name
from actors.store.database import Database
from actors.store.errors import OrderIncomplete, StaleItem, WorkflowNotFound
from actors.store.jobs.rows import require_lease
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.workflows import Deeds, TriggerKind, Visit, Workflow, WorkflowFacts, WorkflowId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.revisions import document_row
from actors.store.rows.seeing import WHOLE, require_item_editable
from actors.store.rows.workflows import EditedRow, WorkflowRow
from actors.store.workflows.rows import fill, send_off, show_problems, workflow_of
from actors.store.workflows.visits import note_visits

_NO_VISITS: Mapping[WorkflowId, Visit] = MappingProxyType({})


class Workflows:
    """Keeps workflows, and writes what they do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> Sequence[Workflow]:
        """List all workflows in their order."""
        with self._database.read() as session:
            return [workflow_of(row) for row in session.scalars(select(WorkflowRow).order_by(WorkflowRow.position, WorkflowRow.id))]

    def enabled_for(self, kind: TriggerKind) -> Sequence[Workflow]:
        """List the workflows that are switched on and have a trigger of a kind, in their order."""
        asked = select(WorkflowRow).where(WorkflowRow.enabled, WorkflowRow.moments.contains(kind.value))
        with self._database.read() as session:
            return [workflow_of(row) for row in session.scalars(asked.order_by(WorkflowRow.position, WorkflowRow.id))]

    def get(self, workflow_id: WorkflowId) -> Workflow:
        """Give one workflow."""
        with self._database.read() as session:
            return workflow_of(workflow_row(session, workflow_id))

    def create(self, facts: WorkflowFacts) -> Workflow:
        """Make a workflow, the last of all. Raises NameTaken, LabelNotFound, FieldNotFound."""
        with self._database.write() as session:
            require_free_name(session, WorkflowRow, facts.name, None)
            last = session.scalars(select(func.max(WorkflowRow.position)), execution_options=WHOLE).one()
            row = WorkflowRow(revision=1, position=0 if last is None else last + 1)
            fill(session, row, facts, free_key(session, WorkflowRow, facts.name, None))
            session.refresh(row)
            return workflow_of(row)

    def update(self, workflow_id: WorkflowId, facts: WorkflowFacts, expected_revision: int | None) -> Workflow:
        """Change a workflow; its last error is forgotten.

        Raises NameTaken, StaleItem, LabelNotFound, FieldNotFound, ItemNotEditable.
        """
        with self._database.write() as session:
            row = workflow_row(session, workflow_id, expected_revision)
            require_item_editable(row)
            require_free_name(session, WorkflowRow, facts.name, workflow_id, owner=row.owner_id)
            fill(session, row, facts, free_key(session, WorkflowRow, facts.name, workflow_id))
            row.revision += 1
            session.flush()
            session.refresh(row)
            return workflow_of(row)

    def delete(self, workflow_id: WorkflowId, expected_revision: int | None) -> None:
        """Remove a workflow; what it did stays. Raises StaleItem, ItemNotEditable."""
        with self._database.write() as session:
            row = workflow_row(session, workflow_id, expected_revision)
            require_item_editable(row)
            session.delete(row)

    def reorder(self, workflow_ids: Sequence[WorkflowId]) -> Sequence[Workflow]:
        """Put all workflows that one sees into an order, in the places that they have among all.

        Raises OrderIncomplete where it names not each of them once, ItemNotEditable.
        """
        with self._database.write() as session:
            rows = {WorkflowId(row.id): row for row in session.scalars(select(WorkflowRow))}
            if sorted(rows) != sorted(workflow_ids):
                raise OrderIncomplete
            for position, workflow_id in zip(sorted(row.position for row in rows.values()), workflow_ids, strict=True):
                if rows[workflow_id].position != position:
                    require_item_editable(rows[workflow_id])
                    rows[workflow_id].position = position
            return [workflow_of(rows[workflow_id]) for workflow_id in workflow_ids]

    def edited(self, limit: int) -> Sequence[tuple[DocumentId, int]]:
        """List documents that persons have edited and workflows have not looked at, each with its mark."""
        with self._database.read() as session:
            found = session.execute(select(EditedRow.document_id, EditedRow.revision).order_by(EditedRow.document_id).limit(limit))
            return [(DocumentId(document_id), revision) for document_id, revision in found]

    def carry_out(
        self,
        document_id: DocumentId,
        deeds: Deeds,
        now: datetime,
        fence: int | None = None,
        mark: int | None = None,
        visits: Mapping[WorkflowId, Visit] = _NO_VISITS,
    ) -> None:
        """Do what workflows want done to a document, all or nothing.

        With a `fence` only who holds the document's job may; with a `mark` of `edited`, that is done with; `visits` are those of the clock
        that are done with. A document that is gone, or in the trash, is left alone.
        """
        with self._database.write() as session:
            if fence is not None:
                require_lease(session, document_id, fence)
            if mark is not None:
                session.execute(delete(EditedRow).where(EditedRow.document_id == document_id, EditedRow.revision == mark))
            if visits:
                note_visits(session, {document_id: visits})
            row = session.get(DocumentRow, document_id) if fence is None else document_row(session, document_id)
            if row is not None and not row.trashed:
                give(session, [row], {document_id: deeds.proposals}, now)
                show_problems(session, row, deeds, now)
                send_off(session, row, deeds, now)


def workflow_row(session: Session, workflow_id: WorkflowId, expected_revision: int | None = None) -> WorkflowRow:
    """Load a workflow to change it, if it is still what the caller saw."""
    row = session.get(WorkflowRow, workflow_id)
    if row is None:
        raise WorkflowNotFound(workflow_id)
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row
