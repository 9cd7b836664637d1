"""Links between documents: a row for each direction, so that both ends tell of it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from actors.store.audit.deeds import note
from actors.store.errors import DocumentNotFound
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.catalog import FieldId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import DocumentLinkRow
from actors.store.rows.revisions import document_rows, mark_rows, raise_revision


def set_links(session: Session, row: DocumentRow, field: FieldId, others: Iterable[int], now: datetime) -> None:
    """Link a document by a field with exactly these others, which change with it; raises DocumentNotFound, for itself too."""
    wanted = set(others)
    if row.id in wanted:
        raise DocumentNotFound(DocumentId(row.id))
    query = select(DocumentLinkRow.other_id).where(DocumentLinkRow.document_id == row.id, DocumentLinkRow.field_id == field)
    present = set(session.scalars(query))
    touched = document_rows(session, [DocumentId(other) for other in sorted(wanted ^ present)])
    gone, fresh = present - wanted, sorted(wanted - present)
    if gone:
        here = (DocumentLinkRow.document_id == row.id) & DocumentLinkRow.other_id.in_(gone)
        there = (DocumentLinkRow.other_id == row.id) & DocumentLinkRow.document_id.in_(gone)
        session.execute(delete(DocumentLinkRow).where(DocumentLinkRow.field_id == field, or_(here, there)))
    if fresh:
        pairs = [pair for other in fresh for pair in ((row.id, other), (other, row.id))]
        session.execute(insert(DocumentLinkRow), [{"document_id": one, "field_id": field, "other_id": other} for one, other in pairs])
    for other in touched:
        raise_revision(other, now)
        told = (str(row.id), "") if other.id in gone else ("", str(row.id))
        note(session, Deed(Act.CHANGED, AuditNoun.DOCUMENT, other.id, changes=(Change("link", *told, documents=(row.id,)),)))
    mark_rows(session, touched)
