"""The orders of a list, and the place of a document in each: a page begins after a place, not after a count."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from actors.store.nouns.archive import Cursor, Document, DocumentOrder, SortField
from actors.store.rows.archive import DocumentRow
from actors.store.rows.columns import clean_text

# An undated document must have a place in the order by date too, and NULL has none.
UNDATED = date.min
# Long enough to sort by, short enough for any index.
TITLE_KEY_LENGTH = 200
_LARGEST = 2**63 - 1  # what the databases call an integer

COLUMNS: dict[SortField, InstrumentedAttribute[Any]] = {
    SortField.ADDED_TIME: DocumentRow.added_time,
    SortField.CREATED_DATE: DocumentRow.created_date,
    SortField.TITLE: DocumentRow.title_key,
    SortField.ID: DocumentRow.id,
    SortField.ASN: DocumentRow.asn,
    SortField.PAGE_COUNT: DocumentRow.page_count,
    SortField.SIZE_BYTES: DocumentRow.size_bytes,
}
# The place of a document that has no value in an order where those stand last.
EMPTY = ""
KEYS: dict[SortField, Callable[[str], datetime | date | str | int]] = {
    SortField.ADDED_TIME: datetime.fromisoformat,
    SortField.CREATED_DATE: date.fromisoformat,
    SortField.TITLE: str,
    SortField.ID: int,
    SortField.ASN: int,
    SortField.PAGE_COUNT: int,
    SortField.SIZE_BYTES: int,
}


def title_key(title: str) -> str:
    """Turn a title into what it sorts by: without case and accents."""
    plain = unicodedata.normalize("NFKD", clean_text(title))
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()[:TITLE_KEY_LENGTH]


def cursor_of(document: Document, order: DocumentOrder) -> Cursor:
    """Give the place of a document in an order, to go on after it."""
    keys = {
        SortField.ADDED_TIME: document.added_time.isoformat(),
        SortField.CREATED_DATE: (document.created_date or UNDATED).isoformat(),
        SortField.TITLE: title_key(document.title),
        SortField.ID: str(document.id),
        SortField.ASN: EMPTY if document.asn is None else str(document.asn),
        SortField.PAGE_COUNT: str(document.page_count),
        SortField.SIZE_BYTES: str(document.size_bytes),
    }
    return Cursor(keys[order.field], document.id)


def is_place(cursor: Cursor, order: DocumentOrder) -> bool:
    """Tell whether a cursor, which may have come from a stranger, is a place in an order."""
    if order.field is SortField.ASN and cursor.key == EMPTY:
        return True
    try:
        key = KEYS[order.field](cursor.key)
    except ValueError:
        return False
    return not isinstance(key, int) or abs(key) <= _LARGEST


def ordered(query: Select[Any], order: DocumentOrder, after: Cursor | None) -> Select[Any]:
    """Sort a query, and let it begin after a place."""
    column = COLUMNS[order.field]
    if after is not None:
        place = tuple_(column, DocumentRow.id)
        there = tuple_(literal(KEYS[order.field](after.key), column.type), literal(after.id))
        query = query.where(place < there if order.descending else place > there)
    columns = (column, DocumentRow.id)
    return query.order_by(*(column.desc() if order.descending else column.asc() for column in columns))
