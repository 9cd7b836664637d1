"""Which document was made of which: rows, in the one transaction that is open."""

from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from actors.store.nouns.archive import DocumentId
from actors.store.rows.archive import DocumentOriginRow, DocumentRow


def note_origins(session: Session, document_id: int, origins: Iterable[int]) -> None:
    """Note what a document was made of; a second time changes nothing."""
    for origin in origins:
        session.merge(DocumentOriginRow(document_id=document_id, origin_id=origin))


def successors_of(session: Session, document_id: int) -> list[DocumentId]:
    """List the documents that were made of one, those in the trash too."""
    query = select(DocumentOriginRow.document_id).where(DocumentOriginRow.origin_id == document_id)
    return [DocumentId(one) for one in session.scalars(query.order_by(DocumentOriginRow.document_id))]


def origins_of(session: Session, document_id: int) -> list[DocumentId]:
    """List the documents that one was made of."""
    query = select(DocumentOriginRow.origin_id).where(DocumentOriginRow.document_id == document_id)
    return [DocumentId(one) for one in session.scalars(query.order_by(DocumentOriginRow.origin_id))]


def names_before(session: Session, document_id: int) -> list[str]:
    """List the names of the files that a document was made of, and of those that these were made of."""
    found = list[str]()
    for origin in origins_of(session, document_id):
        found += [session.get_one(DocumentRow, origin).original_filename, *names_before(session, origin)]
    return found


def is_represented(session: Session, document_id: int) -> bool:
    """Tell whether a document that was made of this one is in the archive, and not in the trash."""
    made = select(DocumentOriginRow.document_id).where(DocumentOriginRow.origin_id == document_id)
    return session.scalars(select(exists().where(DocumentRow.id.in_(made), DocumentRow.trashed == False))).one()  # noqa: E712  # SQL, not Python
