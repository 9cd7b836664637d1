"""Workflows as rows, what they want done, and the documents that they have yet to look at. All in the one transaction that is open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from actors.store.errors import FieldNotFound, LabelNotFound
from actors.store.nouns.archive import DocumentWarning
from actors.store.nouns.identity import UserId
from actors.store.nouns.workflows import Deeds, TriggerKind, Workflow, WorkflowFacts, WorkflowId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import FieldRow, LabelRow
from actors.store.rows.columns import clean_text
from actors.store.rows.conversions import warning_of, warnings_of
from actors.store.rows.revisions import raise_revision
from actors.store.rows.seeing import WHOLE
from actors.store.rows.workflows import EditedRow, ErrandRow, WorkflowFieldRow, WorkflowLabelRow, WorkflowRow
from actors.store.trash import discard
from actors.store.workflows.as_json import actions_of, definition_of, fields_named, labels_named, order_told, triggers_of

WORKFLOW_FAILED = "WORKFLOW_FAILED"


def workflow_of(row: WorkflowRow) -> Workflow:
    """Make a workflow of its row."""
    facts = WorkflowFacts(row.name, row.enabled, triggers_of(row.definition), actions_of(row.definition))
    owner = None if row.owner_id is None else UserId(row.owner_id)
    return Workflow(WorkflowId(row.id), row.revision, row.position, facts, row.error, row.error_time, owner)


def fill(session: Session, row: WorkflowRow, facts: WorkflowFacts, key: str) -> None:
    """Write a workflow into its row, and hold what it names. Raises LabelNotFound, FieldNotFound."""
    row.name, row.name_key, row.enabled = clean_text(facts.name), key, facts.enabled
    row.moments = " ".join(sorted({trigger.kind.value for trigger in facts.triggers}))
    row.definition, row.error, row.error_time = definition_of(facts), "", None
    session.add(row)
    labels, fields = labels_named(facts), fields_named(facts)
    # Whoever changes one that names what he does not see leaves that as it is.
    known = set(session.scalars(select(WorkflowLabelRow.label_id).where(WorkflowLabelRow.workflow_id == row.id)))
    if missing := labels - known - set(session.scalars(select(LabelRow.id).where(LabelRow.id.in_(labels)))):
        raise LabelNotFound(str(min(missing)))
    if gone := fields - set(session.scalars(select(FieldRow.id).where(FieldRow.id.in_(fields)))):
        raise FieldNotFound(str(min(gone)))
    session.flush()
    session.execute(delete(WorkflowLabelRow).where(WorkflowLabelRow.workflow_id == row.id))
    session.execute(delete(WorkflowFieldRow).where(WorkflowFieldRow.workflow_id == row.id))
    if labels:
        session.execute(insert(WorkflowLabelRow), [{"workflow_id": row.id, "label_id": label} for label in labels])
    if fields:
        session.execute(insert(WorkflowFieldRow), [{"workflow_id": row.id, "field_id": field} for field in fields])


def mark_edited(session: Session, rows: Sequence[DocumentRow]) -> None:
    """Let workflows look at documents that a person has edited, if there is one for that."""
    if not rows or not _any_for(session, TriggerKind.DOCUMENT_UPDATED):
        return
    session.execute(delete(EditedRow).where(EditedRow.document_id.in_([row.id for row in rows])))
    session.execute(insert(EditedRow), [{"document_id": row.id, "revision": row.revision} for row in rows])


def _any_for(session: Session, kind: TriggerKind) -> bool:
    asked = select(exists().where(WorkflowRow.enabled, WorkflowRow.moments.contains(kind.value)))
    return session.scalars(asked, execution_options=WHOLE).one()  # also those that the person does not see


def send_off(session: Session, row: DocumentRow, deeds: Deeds, now: datetime) -> None:
    """Leave word of what is to be done once all this is kept, and move the document to the trash where a workflow wants it there."""
    for errand in deeds.errands:
        told = order_told(errand.order)
        session.add(ErrandRow(document_id=row.id, workflow_id=errand.workflow, name=errand.name, told=told, attempt=0, due_time=now))
    if deeds.trashed_by:
        discard(session, [row], now)


def show_problems(session: Session, row: DocumentRow, deeds: Deeds, now: datetime) -> None:
    """Show on a document what workflows could not do, and no more what they have done since."""
    others = [warning for warning in row.warnings if warning["code"] != WORKFLOW_FAILED]
    warnings = [*others, *warnings_of(dict.fromkeys(warnings_after(session, row, deeds, now)))]
    if warnings != row.warnings:
        row.warnings = warnings
        raise_revision(row, now)


def warnings_after(session: Session, row: DocumentRow, deeds: Deeds, now: datetime) -> list[DocumentWarning]:
    """Note with each workflow what went wrong, or that it ran without; give what workflows could not do to the document by now."""
    wrong = {problem.workflow: problem.words for problem in reversed(deeds.problems)}
    touched = {*deeds.ran, *wrong}
    again = list[str]()
    for workflow in session.scalars(select(WorkflowRow).where(WorkflowRow.id.in_(touched))) if touched else ():
        again.append(_begin(workflow.name))
        words = wrong.get(WorkflowId(workflow.id), "")
        if words or workflow.error:
            workflow.error, workflow.error_time = clean_text(words), now if words else None
    left = [one for one in workflow_warnings(row) if not one.message.startswith(tuple(again))]
    return [*left, *(DocumentWarning(WORKFLOW_FAILED, f"{_begin(problem.name)}{problem.words}") for problem in deeds.problems)]


def workflow_warnings(row: DocumentRow) -> list[DocumentWarning]:
    """Give what workflows could not do to a document so far."""
    return [warning_of(warning) for warning in row.warnings if warning["code"] == WORKFLOW_FAILED]


def _begin(name: str) -> str:
    return f"The workflow '{name}': "
