"""The pages of documents: the unit of reading, each kept for ever once it is read."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from actors.store.database import Database
from actors.store.errors import PageNotFound
from actors.store.jobs.rows import held_row
from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.rows.archive import PageRow
from actors.store.rows.conversions import page_of, page_row
from actors.store.rows.pages import reset_pages, texts_of
from actors.store.rows.revisions import document_row
from actors.store.rows.seeing import require_editable


class Pages:
    """Keeps what every page says. Only the holder of a document's job writes its pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, document_id: DocumentId, job_id: JobId, fence: int, pages: Sequence[tuple[int, str, bool]]) -> None:
        """Set the pages of a document: number, own text, whether it is to be read. A page that is DONE stays as it is; so do barcodes."""
        with self._database.write() as session:
            held_row(session, job_id, fence)
            known = {row.number: row for row in session.scalars(select(PageRow).where(PageRow.document_id == document_id))}
            numbers = {number for number, _, _ in pages}
            session.execute(delete(PageRow).where(PageRow.document_id == document_id, PageRow.number.not_in(numbers)))
            for number, text, needs_reading in pages:
                there = known.get(number)
                if there is None or (not needs_reading and there.state is not PageState.DONE):
                    state = PageState.PENDING if needs_reading else PageState.DONE
                    row = page_row(document_id, PageRecord(number, state, text))
                    row.barcodes = None if there is None else there.barcodes
                    session.merge(row)
                elif there.state is PageState.FAILED:
                    there.state = PageState.PENDING

    def reset(self, document_id: DocumentId) -> None:
        """Let every page be read again, where the document may be changed; what it says stays until then, and is found."""
        with self._database.write() as session:
            require_editable(document_row(session, document_id))
            reset_pages(session, document_id)

    def pending(self, document_id: DocumentId) -> list[int]:
        """List the numbers of the pages that are to be read."""
        query = select(PageRow.number).where(PageRow.document_id == document_id, PageRow.state == PageState.PENDING)
        with self._database.read() as session:
            return list(session.scalars(query.order_by(PageRow.number)))

    def save_barcodes(self, document_id: DocumentId, job_id: JobId, fence: int, number: int, payloads: Sequence[str]) -> None:
        """Keep the barcodes of a page, whether it is read or not."""
        with self._database.write() as session:
            held_row(session, job_id, fence)
            one = (PageRow.document_id == document_id) & (PageRow.number == number)
            session.execute(update(PageRow).where(one).values(barcodes=list(payloads)))

    def save(self, document_id: DocumentId, job_id: JobId, fence: int, page: PageRecord) -> None:
        """Keep a page as it was read."""
        with self._database.write() as session:
            held_row(session, job_id, fence)
            session.merge(page_row(document_id, page))

    def records(self, document_id: DocumentId) -> list[PageRecord]:
        """List all that is known of every page, page 1 first."""
        with self._database.read() as session:
            rows = session.scalars(select(PageRow).where(PageRow.document_id == document_id).order_by(PageRow.number))
            return [page_of(row) for row in rows]

    def texts(self, document_id: DocumentId) -> list[str]:
        """List the text of every page, page 1 first."""
        with self._database.read() as session:
            return list(session.scalars(select(PageRow.text).where(PageRow.document_id == document_id).order_by(PageRow.number)))

    def texts_of(self, document_ids: Sequence[DocumentId], first: int, last: int) -> dict[DocumentId, list[str]]:
        """Give the texts of pages `first` to `last` of many documents at once; a document without such pages is left out."""
        with self._database.read() as session:
            return texts_of(session, document_ids, first, last)

    def record(self, document_id: DocumentId, number: int) -> PageRecord:
        """Give all that is known of one page."""
        with self._database.read() as session:
            row = session.get(PageRow, (document_id, number))
            if row is None:
                raise PageNotFound(document_id, number)
            return page_of(row)
