"""Custom fields and their values as rows, read in bulk."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from actors.store.catalog.field_values import Kept, value_of
from actors.store.errors import FieldNotFound
from actors.store.nouns.catalog import Field, FieldEntry, FieldFacts, FieldId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import DocumentLinkRow, FieldRow, FieldValueRow
from actors.store.rows.seeing import WHOLE, viewer_in

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VALUES = (
    select(FieldValueRow.document_id, FieldValueRow.field_id, FieldValueRow.value)
    .where(FieldValueRow.document_id.in_(bindparam("document_ids", expanding=True)))
    .execution_options(**WHOLE)  # asked of documents that were loaded
)
_LINKS = (
    select(DocumentLinkRow.document_id, DocumentLinkRow.field_id, DocumentLinkRow.other_id)
    .where(DocumentLinkRow.document_id.in_(bindparam("document_ids", expanding=True)))
    .order_by(DocumentLinkRow.other_id)
    .execution_options(**WHOLE)  # likewise; few documents have links, and whether the others are seen is asked then
)
_SEEN = select(DocumentRow.id).where(DocumentRow.id.in_(bindparam("document_ids", expanding=True)))


def field_of(row: FieldRow) -> Field:
    """Make a field of its row."""
    facts = FieldFacts(row.name, {int(number): str(name) for number, name in row.options}, row.currency, row.extraction, row.reminder_days)
    return Field(FieldId(row.id), row.kind, row.revision, facts)


def fields_by_id(session: Session, field_ids: Iterable[FieldId]) -> Mapping[FieldId, Field]:
    """Read fields with one query; raises FieldNotFound for one that is not there."""
    wanted = set(field_ids)
    found = {FieldId(row.id): field_of(row) for row in session.scalars(select(FieldRow).where(FieldRow.id.in_(wanted)))} if wanted else {}
    if missing := wanted - found.keys():
        raise FieldNotFound(str(min(missing)))
    return found


def entries_of(kept: Mapping[FieldId, Kept], fields: Mapping[FieldId, Field]) -> tuple[FieldEntry, ...]:
    """Give a document's values, sorted by the names of their fields."""
    entries = [FieldEntry(fields[field_id], value_of(fields[field_id].kind, value)) for field_id, value in kept.items()]
    return tuple(sorted(entries, key=lambda entry: entry.field.facts.name))


def values_of(session: Session, document_ids: Sequence[int]) -> dict[int, dict[FieldId, Kept]]:
    """Read the values that documents have of custom fields, as they are kept; links are lists of ids."""
    found = dict[int, dict[FieldId, Kept]]()
    for document_id, field_id, value in session.execute(_VALUES, {"document_ids": document_ids}):
        found.setdefault(document_id, {})[FieldId(field_id)] = value
    links = dict[tuple[int, FieldId], list[int]]()
    linked = session.execute(_LINKS, {"document_ids": document_ids}).all()
    seen = {other_id for _, _, other_id in linked}
    if seen and viewer_in(session) is not None:
        seen = set(session.scalars(_SEEN, {"document_ids": sorted(seen)}))
    for document_id, field_id, other_id in linked:
        if other_id not in seen:
            continue
        links.setdefault((document_id, FieldId(field_id)), []).append(other_id)
    for (document_id, field_id), others in links.items():
        found.setdefault(document_id, {})[field_id] = others
    return found


def keep_value(session: Session, document_id: int, field: FieldId, value: Kept) -> None:
    """Put a value into the place of the one before; None takes it away."""
    session.execute(delete(FieldValueRow).where(FieldValueRow.document_id == document_id, FieldValueRow.field_id == field))
    if value is not None:
        session.execute(insert(FieldValueRow), [{"document_id": document_id, "field_id": field, "value": value, "day": _day_of(value)}])


def _day_of(value: Kept) -> date | None:
    """Read a date where one was kept; that the text of another kind of field looks like one does no harm."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return None
