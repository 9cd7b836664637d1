"""Documents that take the place of others: the parts of a scan that was divided, the whole of two sides."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from actors.store.assignments.inheritance import OF_ITS_FILE, OF_ITS_PAGES, inherit, inherit_access
from actors.store.database import Database
from actors.store.documents.acceptance import accept
from actors.store.documents.origins import names_before, note_origins, origins_of, successors_of
from actors.store.documents.sides import forget_sides, is_waiting
from actors.store.files.data_dir import DataDir
from actors.store.files.originals import Originals
from actors.store.jobs.rows import active_job, end, held_row, job_row
from actors.store.nouns.archive import Accepted, DocumentForm, DocumentId, DocumentState, DocumentWarning, Successor
from actors.store.nouns.jobs import Job, JobKind, JobState
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.rows.archive import DocumentRow
from actors.store.rows.conversions import page_row, warnings_of
from actors.store.rows.pages import reset_pages
from actors.store.rows.revisions import document_rows
from actors.store.trash import discard

Notice = Callable[[Sequence[DocumentId]], DocumentWarning]
# A replacement that only waits for its moment.
Replace = Callable[[datetime], Sequence[Accepted]]


class Successions:
    """Puts documents in the place of others, in one transaction: there is never a part beside its whole, nor a page in no document."""

    def __init__(self, database: Database, data: DataDir) -> None:
        self._database = database
        self._originals = Originals(data)

    def split(self, job: Job, old: DocumentId, parts: Sequence[Successor], notice: Notice, now: datetime) -> Sequence[Accepted]:
        """Accept the parts of a document, whose originals are stored, in its place, and end its job; it goes to the trash with a notice.

        What it was given goes over to each. Nothing is done, and the answer is empty, where somebody has put it into the trash meanwhile.
        StaleFence, OriginalMissing: nothing was done.
        """
        with self._database.write() as session:
            held_row(session, job.id, job.fence)
            (row,) = rows = document_rows(session, [old])
            return [] if row.trashed else self._replace(session, rows, parts, DocumentForm.WHOLE, notice, now)

    def join(self, job: Job, sides: Sequence[DocumentId], whole: Successor, notice: Notice, now: datetime) -> Sequence[Accepted]:
        """Accept the whole of two sides that wait, in their place, and end their jobs; `job` is that of one of them.

        Otherwise as with parts; nothing is done where one of them doesn't wait any more.
        """
        with self._database.write() as session:
            held_row(session, job.id, job.fence)
            if not all(is_waiting(session, side) for side in sides):
                return []
            return self._replace(session, document_rows(session, sides), [whole], DocumentForm.OPEN, notice, now)

    def unpack(self, job: Job, holder: DocumentId, files: Sequence[Successor], now: datetime) -> Sequence[Accepted]:
        """Accept files that lie in a document, whose originals are stored, beside it; what it was given goes over to each.

        The same files again are answered with the same documents. StaleFence, OriginalMissing: nothing was done.
        """
        with self._database.write() as session:
            held_row(session, job.id, job.fence)
            rows = document_rows(session, [holder])
            return [self._accept(session, rows, one, DocumentForm.OPEN, now, OF_ITS_FILE) for one in files]

    def successors(self, document_id: DocumentId) -> Sequence[DocumentId]:
        """List the documents that took the place of one."""
        with self._database.read() as session:
            return successors_of(session, document_id)

    def origins(self, document_id: DocumentId) -> Sequence[DocumentId]:
        """List the documents whose place one took."""
        with self._database.read() as session:
            return origins_of(session, document_id)

    def names_before(self, document_id: DocumentId) -> Sequence[str]:
        """List the names of the files that a document was made of: that of the scan, or those of both sides."""
        with self._database.read() as session:
            return names_before(session, document_id)

    def _replace(
        self,
        session: Session,
        olds: Sequence[DocumentRow],
        successors: Sequence[Successor],
        form: DocumentForm,
        notice: Notice,
        now: datetime,
    ) -> Sequence[Accepted]:
        accepted = [self._accept(session, olds, one, form, now) for one in successors]
        words = notice(list(dict.fromkeys(one.document_id for one in accepted)))
        for old in olds:
            retire(session, old, words, now)
        return accepted

    def _accept(
        self,
        session: Session,
        olds: Sequence[DocumentRow],
        successor: Successor,
        form: DocumentForm,
        now: datetime,
        why: str = OF_ITS_PAGES,
    ) -> Accepted:
        accepted = accept(session, self._originals, successor.new, successor.source, now, olds)
        note_origins(session, accepted.document_id, [old.id for old in olds])
        if not accepted.duplicate:
            row = session.get_one(DocumentRow, accepted.document_id)
            row.form, row.warnings = form, [*row.warnings, *warnings_of(successor.warnings)]
            inherit_access(session, olds, row)
            for old in olds:
                inherit(session, old, row, now, why)
            for number, payloads in enumerate(successor.payloads, 1):
                page = PageRecord(number, PageState.PENDING, barcodes=payloads or (), barcodes_read=payloads is not None)
                session.add(page_row(accepted.document_id, page))
        return accepted


def retire(session: Session, row: DocumentRow, notice: DocumentWarning, now: datetime) -> None:
    """Move a document that others replace to the trash, and end its job. Who restores it has it read as it is (trash.py)."""
    document_id = DocumentId(row.id)
    row.form, row.state = DocumentForm.REPLACED, DocumentState.READY
    row.warnings = [*row.warnings, *warnings_of([notice])]
    forget_sides(session, [document_id])
    reset_pages(session, document_id)
    discard(session, [row], now)
    job = active_job(session, document_id, JobKind.DOCUMENT)
    if job is not None:
        end(session, job_row(session, job), JobState.SUCCEEDED, "", now)
