"""Takes back what a bulk edit has done to some documents, in the one transaction that is open."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.assignments.assignments import reverse
from actors.store.assignments.given import Place, Standing
from actors.store.assignments.giving import give, standings_of
from actors.store.assignments.naming import LABEL_KINDS
from actors.store.bulk.moves import Outcome, Rows, move_out_of_trash, move_to_trash
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Aspect, Proposal
from actors.store.nouns.bulk_edits import BulkOrder, Moved
from actors.store.rows.bulk_edits import BulkResultRow
from actors.store.rows.catalog import AssignmentRow, FieldRow, LabelRow


def undo(session: Session, rows: Rows, order: BulkOrder, now: datetime) -> dict[int, Outcome]:
    """Give documents back what they had before, but for what somebody has changed since."""
    before = {row.id: row.revision for row in rows}
    results = _results(session, order, list(before))
    stays = _give_back(session, rows, results, now)
    outcomes = _move_back(session, rows, results, now)
    session.flush()
    return {
        row.id: replace(
            outcomes[row.id],
            changed=row.revision != before[row.id],
            error=f"changed since, and left as it is: {', '.join(sorted(stays[row.id]))}" if stays[row.id] else "",
        )
        for row in rows
    }


def _give_back(session: Session, rows: Rows, results: Mapping[int, BulkResultRow], now: datetime) -> dict[int, set[str]]:
    """Let the values before hold again; answer what was changed since."""
    given, standings = _given(session, results), standings_of(session, rows)
    # Held on to, so that each label and field that stands in many documents is read once.
    subjects = {each.subject_id for each in given} | {
        each.before[0] for each in given if each.aspect in LABEL_KINDS and not each.subject_id
    }
    labels = session.scalars(select(LabelRow).where(LabelRow.id.in_(subjects))).all()
    fields = {field.id: field for field in session.scalars(select(FieldRow).where(FieldRow.id.in_(subjects)))}
    stays, wanted = {row.id: set[str]() for row in rows}, {DocumentId(row.id): list[Proposal]() for row in rows}
    for one in given:
        if _holds(one, standings[one.document_id]) and (one.aspect is not Aspect.FIELD or one.subject_id in fields):
            wanted[DocumentId(one.document_id)].append(reverse(session, one))
            one.undone = True
        else:
            stays[one.document_id].add(one.aspect.value.replace("_", " "))
    give(session, rows, wanted, now)
    del labels
    return stays


def _move_back(session: Session, rows: Rows, results: Mapping[int, BulkResultRow], now: datetime) -> dict[int, Outcome]:
    thrown = [row for row in rows if results[row.id].moved == Moved.TO_TRASH]
    restored = [row for row in rows if results[row.id].moved == Moved.OUT_OF_TRASH]
    return (
        {row.id: Outcome() for row in rows}
        | move_out_of_trash(session, [row for row in thrown if row.trashed], now)
        | move_to_trash(session, [row for row in restored if not row.trashed], now)
    )


def _results(session: Session, order: BulkOrder, ids: Sequence[int]) -> dict[int, BulkResultRow]:
    query = select(BulkResultRow).where(BulkResultRow.job_id == order.undoes, BulkResultRow.document_id.in_(ids))
    return {result.document_id: result for result in session.scalars(query)}


def _given(session: Session, results: Mapping[int, BulkResultRow]) -> list[AssignmentRow]:
    """List what the bulk edit has given and nobody has taken back, the last first."""
    query = (
        select(AssignmentRow)
        .where(AssignmentRow.document_id.in_(list(results)), AssignmentRow.undone == False)  # noqa: E712  # SQL, not Python
        .where(AssignmentRow.id > min(each.first_assignment for each in results.values()))
        .where(AssignmentRow.id <= max(each.last_assignment for each in results.values()))
        .order_by(AssignmentRow.id.desc())
    )
    found = session.scalars(query).all()
    return [one for one in found if results[one.document_id].first_assignment < one.id <= results[one.document_id].last_assignment]


def _holds(one: AssignmentRow, standing: Standing) -> bool:
    """Tell whether a document still has what it was given."""
    return bool(standing.values.get(Place(one.aspect, one.subject_id or 0)) == one.value[0])
