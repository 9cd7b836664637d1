"""The rows of pages, in the one transaction that is open."""

from collections.abc import Sequence

from sqlalchemy import JSON, bindparam, exists, select, update
from sqlalchemy.orm import Session

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.pages import PageState
from actors.store.rows.archive import PageRow

# Beyond the last page of any document, and within what the databases call an integer.
_LAST_PAGE = 2**31 - 1
# Made once: each search asks it, and making it took as long as asking.
_TEXTS = (
    select(PageRow.document_id, PageRow.text)
    .where(
        PageRow.document_id.in_(bindparam("document_ids", expanding=True)), PageRow.number.between(bindparam("first"), bindparam("last"))
    )
    .order_by(PageRow.document_id, PageRow.number)
)


def reset_pages(session: Session, document_id: DocumentId) -> None:
    """Let every page of a document be read again; what it says stays until then, so that search goes on finding it."""
    session.execute(update(PageRow).where(PageRow.document_id == document_id).values(state=PageState.PENDING, barcodes=JSON.NULL))


def has_unread_pages(session: Session, document_id: DocumentId) -> bool:
    """Tell whether a page of a document waits for a reader."""
    unread = exists().where(PageRow.document_id == document_id, PageRow.state == PageState.PENDING)
    return session.scalars(select(unread)).one()


def texts_of(session: Session, document_ids: Sequence[DocumentId], first: int = 1, last: int = _LAST_PAGE) -> dict[DocumentId, list[str]]:
    """Read the page texts of many documents with one query, page `first` first; one without such pages is left out."""
    texts: dict[DocumentId, list[str]] = {}
    for document_id, text in session.execute(_TEXTS, {"document_ids": document_ids, "first": first, "last": last}):
        texts.setdefault(DocumentId(document_id), []).append(text)
    return texts
