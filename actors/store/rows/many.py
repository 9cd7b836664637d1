"""Many documents changed by one statement each, however many they are."""

from datetime import datetime

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from actors.store.nouns.catalog import LabelId, LabelKind
from actors.store.rows.archive import DocumentRow, OutboxRow
from actors.store.rows.catalog import DocumentTagRow
from actors.store.rows.folders import UnplacedRow

_COLUMNS = {
    LabelKind.CORRESPONDENT: DocumentRow.correspondent_id,
    LabelKind.DOCUMENT_TYPE: DocumentRow.type_id,
    LabelKind.STORAGE_PATH: DocumentRow.path_id,
}

DocumentIds = Select[int]


def count_seen(session: Session, documents: DocumentIds) -> int:
    """Count those of the chosen documents that the session's viewer sees."""
    return session.scalars(select(func.count()).select_from(documents.subquery())).one()


def documents_with(kind: LabelKind, label_id: LabelId) -> DocumentIds:
    """Choose the documents that bear a label, in the trash too."""
    if kind is LabelKind.TAG:
        return select(DocumentTagRow.document_id).where(DocumentTagRow.tag_id == label_id)
    return select(DocumentRow.id).where(_COLUMNS[kind] == label_id)


def change_many(session: Session, chosen: DocumentIds, now: datetime) -> int:
    """Note that documents change with what the caller does next, let index and folders look at them, and count them."""
    count = count_seen(session, chosen)
    if not count:
        return 0
    session.execute(
        update(DocumentRow).where(DocumentRow.id.in_(chosen)).values(revision=DocumentRow.revision + 1, update_time=now),
        execution_options={"synchronize_session": False},
    )
    marked = select(DocumentRow.id, DocumentRow.revision).where(DocumentRow.id.in_(chosen))
    for table in (OutboxRow, UnplacedRow):
        session.execute(delete(table).where(table.document_id.in_(chosen)), execution_options={"synchronize_session": False})
        session.execute(insert(table).from_select(["document_id", "revision"], marked))
    return count
