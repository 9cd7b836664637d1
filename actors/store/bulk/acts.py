"""What a bulk edit does to some documents, in the one transaction that is open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actors.store.assignments.assignments import renew
from actors.store.assignments.changes import proposals_of
from actors.store.assignments.given import YIELDING, firmer
from actors.store.assignments.giving import View, Wanted, give
from actors.store.bulk.moves import Outcome, Rows, move_out_of_trash, move_to_trash
from actors.store.bulk.undo import undo
from actors.store.catalog.label_rows import tags_of
from actors.store.errors import DocumentNotFound, StoreError, StoreUnavailable
from actors.store.jobs.jobs import refuse_second
from actors.store.jobs.rows import new_job
from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.assignments import Giver, Reason
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.jobs import JobKind
from actors.store.rows.archive import DocumentRow
from actors.store.rows.bulk_edits import BulkResultRow
from actors.store.rows.catalog import AssignmentRow
from actors.store.rows.pages import reset_pages
from actors.store.workflows.rows import mark_edited

Act = Callable[[Rows], Mapping[int, Outcome]]


def carry_out(session: Session, job_id: JobId, order: BulkOrder, ids: Sequence[DocumentId], wanted: Wanted, now: datetime) -> None:
    """Do what is ordered to some documents, and keep what came of each; `wanted` is what rules and learning propose for them."""
    rows = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(ids)).order_by(DocumentRow.id)).all()
    outcomes = {each: Outcome(error=str(DocumentNotFound(each))) for each in ids}
    first = _last_assignment(session)
    if rows:
        act = _act(session, job_id, order, wanted, now)
        outcomes |= {DocumentId(each): outcome for each, outcome in _tried(session, act, rows).items()}
    last = _last_assignment(session)
    for document_id, outcome in outcomes.items():
        if outcome.changed or outcome.error:
            row = BulkResultRow(job_id=job_id, document_id=document_id, moved=outcome.moved.value, error=outcome.error)
            row.first_assignment, row.last_assignment = first, last if outcome.changed else first
            session.add(row)


def _tried(session: Session, act: Act, rows: Rows) -> dict[int, Outcome]:
    """Act on all at once and, where one stands in the way, on each by itself."""
    try:
        with session.begin_nested():
            return dict(act(rows))
    except StoreUnavailable:
        raise
    except StoreError as error:
        if len(rows) == 1:
            return {rows[0].id: Outcome(error=str(error))}
    return {document_id: outcome for row in rows for document_id, outcome in _tried(session, act, [row]).items()}


def _act(session: Session, job_id: JobId, order: BulkOrder, wanted: Wanted, now: datetime) -> Act:
    match order.action:
        case BulkAction.EDIT:
            reason = Reason(Giver.USER, f"bulk edit {job_id}")
            return lambda rows: _edit(session, rows, order, reason, now)
        case BulkAction.DELETE:
            return lambda rows: move_to_trash(session, rows, now)
        case BulkAction.UNDELETE:
            return lambda rows: move_out_of_trash(session, rows, now)
        case BulkAction.REPROCESS:
            return lambda rows: _reprocess(session, rows, order, now)
        case BulkAction.APPLY_RULES:
            seen = partial(firmer, yielding=YIELDING, keep_values=order.keep_values)
            return lambda rows: _file(session, rows, wanted, seen, now)
        case BulkAction.UNDO:
            return lambda rows: undo(session, rows, order, now)


def _edit(session: Session, rows: Rows, order: BulkOrder, reason: Reason, now: datetime) -> dict[int, Outcome]:
    ids = [DocumentId(row.id) for row in rows]
    before, borne = {row.id: row.revision for row in rows}, tags_of(session, ids)
    give(session, rows, {each: list(proposals_of(order.changes, borne.get(each, ()), reason)) for each in ids}, now)
    session.flush()
    mark_edited(session, [row for row in rows if row.revision != before[row.id] and not row.trashed])
    return {row.id: Outcome(changed=row.revision != before[row.id]) for row in rows}


def _file(session: Session, rows: Rows, wanted: Wanted, seen: View, now: datetime) -> dict[int, Outcome]:
    before = {row.id: row.revision for row in rows}
    renew(session, rows, wanted, seen, now)
    session.flush()
    return {row.id: Outcome(changed=row.revision != before[row.id]) for row in rows}


def _reprocess(session: Session, rows: Rows, order: BulkOrder, now: datetime) -> dict[int, Outcome]:
    for row in rows:
        document_id = DocumentId(row.id)
        refuse_second(session, document_id, JobKind.DOCUMENT)
        reset_pages(session, document_id)
        new_job(session, document_id, JobKind.DOCUMENT, row.title or row.original_filename, dict(order.options), now)
    return {row.id: Outcome(changed=True) for row in rows}


def _last_assignment(session: Session) -> int:
    """Tell the last reason of all. Writers take turns, so what comes after it in this transaction is ours."""
    session.flush()
    return session.scalars(select(func.max(AssignmentRow.id))).one() or 0
