"""The reasons of all that documents were given."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actors.store.assignments.given import Place
from actors.store.assignments.giving import View, Wanted, give, standings_of
from actors.store.assignments.history import told
from actors.store.assignments.naming import LABEL_KINDS
from actors.store.catalog.field_values import value_of
from actors.store.database import Database
from actors.store.errors import AssignmentNotFound, AssignmentUndone
from actors.store.nouns.access import Viewer
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.assignments import Aspect, Assignment, AssignmentId, Giver, Proposal, Reason
from actors.store.nouns.catalog import FieldId, LabelId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import AssignmentRow, FieldRow, LabelRow
from actors.store.rows.revisions import document_row
from actors.store.rows.seeing import WHOLE, narrow


class Assignments:
    """Tells who gave a document what, and why; and takes it back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, document_id: DocumentId) -> Sequence[Assignment]:
        """List all that a document was given, the first first."""
        query = select(AssignmentRow).where(AssignmentRow.document_id == document_id).order_by(AssignmentRow.id)
        with self._database.read() as session:
            document_row(session, document_id)
            return told(session, session.scalars(query).all())

    def propose(self, document_id: DocumentId, proposals: Sequence[Proposal], now: datetime) -> None:
        """Give a document what is proposed, as far as it is free."""
        with self._database.write() as session:
            give(session, [document_row(session, document_id)], {document_id: proposals}, now)

    def latest(self) -> AssignmentId:
        """Name the assignment that was given last of all, 0 where there is none."""
        with self._database.read() as session:
            return AssignmentId(session.scalar(select(func.max(AssignmentRow.id))) or 0)

    def foresee(self, wanted: Wanted, seen: View, now: datetime, viewer: Viewer | None = None) -> Sequence[Assignment]:
        """Tell, as far as a viewer may know, what documents would be given if they were filed again (`renew`); nothing is kept."""
        with self._database.write() as session:
            rows = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(wanted)).order_by(DocumentRow.id)).all()
            # Writers take turns: what stands behind the last one is ours.
            last = session.scalar(select(func.max(AssignmentRow.id))) or 0
            renew(session, rows, wanted, seen, now)
            given = session.scalars(select(AssignmentRow).where(AssignmentRow.id > last).order_by(AssignmentRow.id)).all()
            if viewer is not None and not viewer.everything:
                narrow(session, viewer)
            foreseen = told(session, given)
            session.rollback()
            return foreseen

    def undo(self, document_id: DocumentId, assignment_id: AssignmentId, now: datetime) -> None:
        """Let the value before hold again, as a person's own. Raises AssignmentUndone where another holds by now."""
        with self._database.write() as session:
            document = document_row(session, document_id)
            row = session.get(AssignmentRow, assignment_id)
            if row is None or row.document_id != document_id or not told(session, [row]):
                raise AssignmentNotFound(assignment_id)
            standing = standings_of(session, [document])[document_id]
            present = standing.values.get(Place(row.aspect, row.subject_id or 0))
            field_gone = row.aspect is Aspect.FIELD and session.get(FieldRow, row.subject_id) is None
            if row.undone or field_gone or present != row.value[0]:
                raise AssignmentUndone(assignment_id)
            give(session, [document], {document_id: [reverse(session, row)]}, now)
            row.undone = True


def renew(session: Session, rows: Sequence[DocumentRow], wanted: Wanted, seen: View, now: datetime) -> None:
    """Give documents what is proposed, as far as it is free in the sight of `seen`, in the one transaction that is open.

    Those in the trash or not ready are left out, and so is what names a label that is gone.
    """
    ready = [row for row in rows if row.state is DocumentState.READY and not row.trashed]
    give(session, ready, without_gone(session, wanted), now, seen)


def without_gone(session: Session, wanted: Wanted) -> Wanted:
    """Leave out proposals of labels that are gone."""
    named = {one.value for proposals in wanted.values() for one in proposals if one.aspect in LABEL_KINDS and isinstance(one.value, int)}
    gone = named - set(session.scalars(select(LabelRow.id).where(LabelRow.id.in_(named))))
    return {
        document_id: [one for one in proposals if one.aspect not in LABEL_KINDS or one.value not in gone]
        for document_id, proposals in wanted.items()
    }


def reverse(session: Session, row: AssignmentRow) -> Proposal:
    """Say what gives the value before back; a label that is gone since then is made again by its name."""
    reason, (before, shown) = Reason(Giver.USER, "undone"), row.before
    if row.aspect is Aspect.TAG:
        tag = LabelId(row.subject_id or 0) if _is_there(session, row.subject_id) else str(shown)
        return Proposal(row.aspect, tag, reason, remove=before is None)
    if row.aspect is Aspect.FIELD:
        field = session.get(FieldRow, row.subject_id)
        value = None if field is None or before is None else value_of(field.kind, before)
        return Proposal(row.aspect, value, reason, field=FieldId(row.subject_id or 0))
    if row.aspect in LABEL_KINDS and before is not None:
        return Proposal(row.aspect, LabelId(before) if _is_there(session, before) else str(shown), reason)
    if row.aspect is Aspect.CREATED_DATE and before is not None:
        return Proposal(row.aspect, date.fromisoformat(before), reason)
    return Proposal(row.aspect, before, reason)


def _is_there(session: Session, label: int | None) -> bool:
    """Tell whether a label is there, also where it is hidden: it then comes back unseen."""
    return session.scalars(select(LabelRow.id).where(LabelRow.id == label), execution_options=WHOLE).first() is not None
