"""The rows of pages, in the one transaction that is open."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from actors.store.schema import PageRow
from actors.store.types import DocumentId, PageState


def reset_pages(session: Session, document_id: DocumentId) -> None:
    """Let every page of a document be read again; what it says stays until then, so that search goes on finding it."""
    session.execute(update(PageRow).where(PageRow.document_id == document_id).values(state=PageState.PENDING))
