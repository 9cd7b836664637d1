"""Documents that take the place of others: the parts of a scan that was divided."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.acceptance import accept
from actors.store.conversions import page_row, warnings_of
from actors.store.data_dir import DataDir
from actors.store.database import Database
from actors.store.inheritance import inherit
from actors.store.job_rows import end, held_row
from actors.store.originals import Originals
from actors.store.origins import note_origins, origins_of, successors_of
from actors.store.page_rows import reset_pages
from actors.store.revisions import document_row
from actors.store.schema import DocumentRow
from actors.store.trash import discard
from actors.store.types import (
    Accepted,
    DocumentForm,
    DocumentId,
    DocumentState,
    DocumentWarning,
    Job,
    JobState,
    PageRecord,
    PageState,
    Successor,
)

Notice = Callable[[Sequence[DocumentId]], DocumentWarning]


class Successions:
    """Puts documents in the place of others, in one transaction: there is never a part beside its whole, nor a page in no document."""

    def __init__(self, database: Database, data: DataDir) -> None:
        self._database = database
        self._originals = Originals(data)

    def replace(self, job: Job, old: DocumentId, successors: Sequence[Successor], notice: Notice, now: datetime) -> Sequence[Accepted]:
        """Accept documents whose originals are stored in the place of one, which goes to the trash with a notice, and end its job.

        What it was given goes over to each. StaleFence, OriginalMissing: nothing was done.
        """
        with self._database.write() as session:
            work = held_row(session, job.id, job.fence)
            row = document_row(session, old)
            accepted = [self._accept(session, row, one, now) for one in successors]
            retire(session, row, notice(list(dict.fromkeys(one.document_id for one in accepted))), now)
            end(session, work, JobState.SUCCEEDED, "", now)
            return accepted

    def successors(self, document_id: DocumentId) -> Sequence[DocumentId]:
        """List the documents that took the place of one."""
        with self._database.read() as session:
            return successors_of(session, document_id)

    def origins(self, document_id: DocumentId) -> Sequence[DocumentId]:
        """List the documents whose place one took."""
        with self._database.read() as session:
            return origins_of(session, document_id)

    def _accept(self, session: Session, old: DocumentRow, successor: Successor, now: datetime) -> Accepted:
        accepted = accept(session, self._originals, successor.new, successor.source, now)
        note_origins(session, accepted.document_id, [old.id])
        if not accepted.duplicate:
            row = session.get_one(DocumentRow, accepted.document_id)
            row.form = DocumentForm.WHOLE
            inherit(session, old, row, now)
            for number, payloads in enumerate(successor.payloads, 1):
                page = PageRecord(number, PageState.PENDING, barcodes=payloads or (), barcodes_read=payloads is not None)
                session.add(page_row(accepted.document_id, page))
        return accepted


def retire(session: Session, row: DocumentRow, notice: DocumentWarning, now: datetime) -> None:
    """Move a document that others replace to the trash. It is unread: who restores it has it read as a whole (trash.py)."""
    row.form, row.state = DocumentForm.REPLACED, DocumentState.READY
    row.warnings = [*row.warnings, *warnings_of([notice])]
    reset_pages(session, DocumentId(row.id))
    discard(session, session.scalars(select(DocumentRow).where(DocumentRow.id == row.id)), now)
