"""What workflows name stays, or they would do something else than they say."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.errors import NamedByWorkflows
from actors.store.nouns.catalog import FieldId, LabelId
from actors.store.rows.workflows import WorkflowFieldRow, WorkflowLabelRow, WorkflowRow


def require_unnamed_label(session: Session, name: str, label: LabelId) -> None:
    """Make sure that no workflow names a label; raises NamedByWorkflows."""
    named = WorkflowLabelRow.workflow_id == WorkflowRow.id
    _refuse(name, session.scalars(select(WorkflowRow.name).join(WorkflowLabelRow, named).where(WorkflowLabelRow.label_id == label)))


def require_unnamed_field(session: Session, name: str, field: FieldId) -> None:
    """Make sure that no workflow names a custom field; raises NamedByWorkflows."""
    named = WorkflowFieldRow.workflow_id == WorkflowRow.id
    _refuse(name, session.scalars(select(WorkflowRow.name).join(WorkflowFieldRow, named).where(WorkflowFieldRow.field_id == field)))


def _refuse(name: str, workflows: Iterable[str]) -> None:
    if names := sorted(workflows):
        raise NamedByWorkflows(name, names)
