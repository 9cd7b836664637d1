"""What pages say moves along with them until they are read again, so that search finds them where they are from the first moment."""

from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.page_orders import Part
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.rows.archive import DocumentRow, PageRow
from actors.store.rows.conversions import page_of, page_row


def taken_pages(session: Session, part: Part) -> list[PageRecord]:
    """Give the pages of a part as they will stand in it: unread, with the text that they had. Words of a turned page are left out."""
    taken = list[PageRecord]()
    for piece in part:
        rows = session.scalars(select(PageRow).where(PageRow.document_id == piece.document_id))
        known = {row.number: page_of(row) for row in rows}
        for page in piece.pages:
            record = known.get(page.number, PageRecord(page.number, PageState.PENDING))
            words = b"" if page.turn else record.words
            taken.append(replace(record, number=len(taken) + 1, state=PageState.PENDING, words=words, barcodes=(), barcodes_read=False))
    return taken


def put_pages(session: Session, document_id: DocumentId, pages: list[PageRecord]) -> None:
    """Let a document have these pages and no others."""
    session.execute(delete(PageRow).where(PageRow.document_id == document_id))
    session.add_all(page_row(document_id, page) for page in pages)
    session.get_one(DocumentRow, document_id).page_count = len(pages)
