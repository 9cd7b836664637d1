"""Pages of a list, as rows: from its beginning or after a place, and so many further on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from actors.store.nouns.archive import Cursor, DocumentId, DocumentOrder, SortField
from actors.store.rows.archive import DocumentRow
from actors.store.rows.ordering import EMPTY, ordered
from actors.store.rows.revisions import document_rows


def page_of(session: Session, order: DocumentOrder, after: Cursor | None, limit: int, deleted: bool, skip: int) -> Sequence[DocumentRow]:
    """Read one page of the archive, or of the trash."""
    live = DocumentRow.trashed == deleted
    if order.field is not SortField.ASN:
        return _walked(session, (live,), order, after, limit, skip)
    # Two lists, one behind the other: neither database sorts what is empty last in both directions along one index.
    found = list[DocumentRow]()
    if after is None or after.key != EMPTY:
        numbered = (live, DocumentRow.asn.is_not(None))
        found += _walked(session, numbered, order, after, limit, skip)
        if len(found) == limit:
            return found
        skip = 0 if found or not skip else skip - _counted(session, numbered, order, after)
        after = None
    by_id = DocumentOrder(SortField.ID, order.descending)
    place = None if after is None else Cursor(str(after.id), after.id)
    return [*found, *_walked(session, (live, DocumentRow.asn.is_(None)), by_id, place, limit - len(found), skip)]


def _walked(
    session: Session, conditions: Sequence[Any], order: DocumentOrder, after: Cursor | None, limit: int, skip: int
) -> Sequence[DocumentRow]:
    """Walk along the index of an order. What is skipped is passed over in the index alone."""
    if not skip:
        return session.scalars(_chosen(select(DocumentRow), conditions, order, after).limit(limit)).all()
    ids = session.scalars(_chosen(select(DocumentRow.id), conditions, order, after).offset(skip).limit(limit)).all()
    return document_rows(session, [DocumentId(document_id) for document_id in ids])


def _counted(session: Session, conditions: Sequence[Any], order: DocumentOrder, after: Cursor | None) -> int:
    """Count what comes in a list after a place."""
    query = _chosen(select(func.count(DocumentRow.id)), conditions, order, after).order_by(None)
    return int(session.scalars(query).one())


def _chosen(query: Select[Any], conditions: Sequence[Any], order: DocumentOrder, after: Cursor | None) -> Select[Any]:
    return ordered(query.where(*conditions), order, after)
