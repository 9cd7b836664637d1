"""Every change of a document raises its revision and, where search and folders must follow, notes so. One transaction holds all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from actors.store.errors import DocumentNotFound, StaleRevision
from actors.store.nouns.archive import DocumentId
from actors.store.rows.archive import Base, DocumentRow, OutboxRow
from actors.store.rows.folders import UnplacedRow
from actors.store.rows.seeing import WHOLE, require_editable

# Made once, and on the table: every document passes here several times on its way.
_OUTBOX = Base.metadata.tables[OutboxRow.__tablename__]
_UNMARK = delete(_OUTBOX).where(_OUTBOX.c.document_id.in_(bindparam("document_ids", expanding=True)))
_MARK = insert(_OUTBOX)
_UNPLACED = Base.metadata.tables[UnplacedRow.__tablename__]
_PLACED = delete(_UNPLACED).where(_UNPLACED.c.document_id.in_(bindparam("document_ids", expanding=True)))
_UNPLACE = insert(_UNPLACED)
_DOCUMENTS = select(DocumentRow).where(DocumentRow.id.in_(bindparam("document_ids", expanding=True)))


def document_row(session: Session, document_id: DocumentId, expected_revision: int | None = None) -> DocumentRow:
    """Load a document to change it, if it is still what the caller saw."""
    row = session.get(DocumentRow, document_id)
    if row is None:
        raise DocumentNotFound(document_id)
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleRevision(document_id, expected_revision, row.revision)
    return row


def document_rows(session: Session, document_ids: Sequence[DocumentId], whole: bool = False) -> list[DocumentRow]:
    """Load many documents with one query, in the order asked; `whole`: also those that a narrowed session does not see."""
    found = session.scalars(_DOCUMENTS, {"document_ids": document_ids}, execution_options=WHOLE if whole else {})
    rows = {row.id: row for row in found}
    for document_id in document_ids:
        if document_id not in rows:
            raise DocumentNotFound(document_id)
    return [rows[document_id] for document_id in document_ids]


def raise_revision(row: DocumentRow, now: datetime) -> None:
    """Note that a document has changed. Raises DocumentNotEditable in a session that is narrowed for who may not change it."""
    require_editable(row)
    row.revision += 1
    row.update_time = now


def mark_for_index(session: Session, revisions: Mapping[int, int]) -> None:
    """Tell the index, and the folders, which documents they must look at, and at which revisions."""
    if revisions:
        marks = [{"document_id": document_id, "revision": revision} for document_id, revision in revisions.items()]
        session.execute(_UNMARK, {"document_ids": list(revisions)})
        session.execute(_MARK, marks)
        session.execute(_PLACED, {"document_ids": list(revisions)})
        session.execute(_UNPLACE, marks)


def mark_rows(session: Session, rows: Iterable[DocumentRow]) -> None:
    """Tell the index that it must look at documents as they are now."""
    mark_for_index(session, {row.id: row.revision for row in rows})
