"""What workflows name stays, or they would do something else than they say."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from actors.store.errors import NamedByWorkflows
from actors.store.nouns.catalog import FieldId, LabelId
from actors.store.rows.seeing import WHOLE
from actors.store.rows.workflows import WorkflowFieldRow, WorkflowLabelRow, WorkflowRow


def require_unnamed_label(session: Session, name: str, label: LabelId) -> None:
    """Make sure that no workflow names a label; raises NamedByWorkflows."""
    named = WorkflowLabelRow.workflow_id == WorkflowRow.id
    _refuse(session, name, select(WorkflowRow.name).join(WorkflowLabelRow, named).where(WorkflowLabelRow.label_id == label))


def require_unnamed_field(session: Session, name: str, field: FieldId) -> None:
    """Make sure that no workflow names a custom field; raises NamedByWorkflows."""
    named = WorkflowFieldRow.workflow_id == WorkflowRow.id
    _refuse(session, name, select(WorkflowRow.name).join(WorkflowFieldRow, named).where(WorkflowFieldRow.field_id == field))


def _refuse(session: Session, name: str, query: Select[str]) -> None:
    if session.execute(query, execution_options=WHOLE).first() is not None:
        raise NamedByWorkflows(name, sorted(session.scalars(query)))
