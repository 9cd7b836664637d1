"""Which documents workflows have looked at by the clock, and when."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from actors.store.database import Database
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.workflows import Candidate, Schedule, ScheduleDate, Visit, WorkflowId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import FieldValueRow
from actors.store.rows.ordering import UNDATED
from actors.store.rows.workflows import VisitRow, WorkflowRow

# What is still being read is looked at when that is done.
_SETTLED = (DocumentState.READY, DocumentState.FAILED)

NewVisits = Mapping[DocumentId, Mapping[WorkflowId, Visit]]


class Visits:
    """Finds documents whose day may have come, and remembers what came of each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def candidates(
        self, workflow: WorkflowId, schedule: Schedule, until: date, zone: tzinfo, among: tuple[DocumentId, DocumentId]
    ) -> Sequence[Candidate]:
        """List documents whose date is not after a day of the zone, with the workflow's last visit; those in the trash are left out.

        `among` are the first and the last id of those that are meant. All that have a custom field's value are listed, whatever it is.
        """
        column, in_time = _dated(schedule, until, zone)
        visited = (VisitRow.document_id == DocumentRow.id) & (VisitRow.workflow_id == workflow)
        query = select(DocumentRow.id, DocumentRow.revision, column, VisitRow).outerjoin(VisitRow, visited)
        if schedule.date is ScheduleDate.FIELD:
            query = query.join(FieldValueRow, (FieldValueRow.document_id == DocumentRow.id) & (FieldValueRow.field_id == schedule.field))
        live = DocumentRow.trashed == False, DocumentRow.state.in_(_SETTLED), DocumentRow.id.between(*among)  # noqa: E712  # SQL, not Python
        with self._database.read() as session:
            found = session.execute(query.where(*live, in_time).order_by(DocumentRow.id))
            return [Candidate(DocumentId(one), revision, dated, row and visit_of(row)) for one, revision, dated, row in found]

    def runs(self, document_id: DocumentId) -> Mapping[WorkflowId, date]:
        """Tell on which day each workflow last ran on a document by the clock."""
        query = select(VisitRow.workflow_id, VisitRow.run_day).where(VisitRow.document_id == document_id)
        with self._database.read() as session:
            return {WorkflowId(workflow): run_day for workflow, run_day in session.execute(query) if run_day is not None}

    def note(self, visits: NewVisits) -> None:
        """Remember visits that changed nothing."""
        with self._database.write() as session:
            note_visits(session, visits)

    def none_after(self, today: date) -> None:
        """Let no visit lie in the future: one that does was made while the clock was wrong."""
        with self._database.write() as session:
            for column in (VisitRow.look_day, VisitRow.run_day):
                session.execute(update(VisitRow).where(column > today).values({column: today}))


def note_visits(session: Session, visits: NewVisits) -> None:
    """Remember visits in the one transaction that is open; documents and workflows may be gone meanwhile."""
    documents = set(session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(visits))))
    workflows = set(session.scalars(select(WorkflowRow.id)))
    for document_id, seen in visits.items():
        for workflow, visit in seen.items():
            if document_id in documents and workflow in workflows:
                session.merge(
                    VisitRow(
                        document_id=document_id,
                        workflow_id=workflow,
                        look_day=visit.look_day,
                        run_day=visit.run_day,
                        document_revision=visit.document_revision,
                        workflow_revision=visit.workflow_revision,
                    )
                )


def visit_of(row: VisitRow) -> Visit:
    """Make a visit of its row."""
    return Visit(row.look_day, row.run_day, row.document_revision, row.workflow_revision)


def _dated(schedule: Schedule, until: date, zone: tzinfo) -> tuple[InstrumentedAttribute[Any], ColumnElement[bool]]:
    """Give the column of a schedule's date, and the condition that it is not after a day."""
    end = datetime.combine(until + timedelta(days=1), time.min, zone)
    match schedule.date:
        case ScheduleDate.ADDED:
            return DocumentRow.added_time, DocumentRow.added_time < end
        case ScheduleDate.MODIFIED:
            return DocumentRow.update_time, DocumentRow.update_time < end
        case ScheduleDate.CREATED:
            return DocumentRow.created_date, DocumentRow.created_date.between(UNDATED + timedelta(days=1), until)
        case ScheduleDate.FIELD:
            return FieldValueRow.value, true()
