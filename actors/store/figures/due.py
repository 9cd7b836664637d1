"""Documents whose dates in custom fields are near."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import FieldId
from actors.store.nouns.figures import Due
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import FieldRow, FieldValueRow

NAMED = 20


def due(session: Session, today: date) -> Iterator[Due]:
    """Tell of each field that reminds of its dates which of them are as near as it says, before today and after."""
    for field in session.scalars(select(FieldRow).where(FieldRow.reminder_days > 0).order_by(FieldRow.name_key)):
        days = timedelta(days=field.reminder_days)
        first, last = today - days, today + days
        before, after = _within(field.id, first, today - timedelta(days=1)), _within(field.id, today, last)
        nearest = _documents(FieldValueRow.document_id, _within(field.id, first, last)).order_by(
            FieldValueRow.day, FieldValueRow.document_id
        )
        yield Due(
            field=FieldId(field.id),
            name=field.name,
            first=first,
            last=last,
            overdue=session.scalars(_documents(func.count(), before)).one(),
            upcoming=session.scalars(_documents(func.count(), after)).one(),
            documents=tuple(map(DocumentId, session.scalars(nearest.limit(NAMED)))),
        )


def _within(field_id: int, first: date, last: date) -> ColumnElement[bool]:
    return (FieldValueRow.field_id == field_id) & FieldValueRow.day.between(first, last)


def _documents(told: SQLColumnExpression[int], chosen: ColumnElement[bool]) -> Select[int]:
    live = DocumentRow.trashed == False  # noqa: E712  # SQL, not Python
    return select(told).select_from(FieldValueRow).join(DocumentRow, DocumentRow.id == FieldValueRow.document_id).where(chosen, live)
