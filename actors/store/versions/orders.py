"""Page orders: queued as jobs that belong to no document, and ended by one transaction with all that they have made."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.access.acting import orderer, sign_for_orderer
from actors.store.assignments.inheritance import inherit_access
from actors.store.database import Database
from actors.store.documents.acceptance import accept
from actors.store.documents.origins import note_origins
from actors.store.errors import DocumentNotEditable, DocumentNotFound, JobNotFound
from actors.store.files.data_dir import DataDir
from actors.store.files.originals import Originals
from actors.store.jobs.rows import active_job, end, held_row, new_job
from actors.store.nouns.access import Level, Viewer
from actors.store.nouns.archive import DocumentForm, DocumentId, DocumentWarning, JobId, NewDocument, SourceKey, SourceKind
from actors.store.nouns.jobs import Job, JobKind, JobState
from actors.store.nouns.page_orders import Outcome, PageOrder, PageResult, Part
from actors.store.nouns.versions import StoredFile, VersionFacts
from actors.store.rows.archive import DocumentRow, JobRow
from actors.store.rows.conversions import warnings_of
from actors.store.rows.page_orders import PageOrderRow
from actors.store.rows.revisions import document_row, document_rows
from actors.store.rows.seeing import may_reach, viewer_in
from actors.store.trash import discard
from actors.store.versions.adding import add_version, changeable_row
from actors.store.versions.as_json import kept_order, order_of
from actors.store.versions.errors import FileIsThere
from actors.store.versions.pages import put_pages, taken_pages
from actors.store.versions.takeover import take_over

Notice = Callable[[Sequence[DocumentId]], DocumentWarning]


class PageOrders:
    """Keeps what is to be made of pages, and puts it where it belongs once it is made."""

    def __init__(self, database: Database, data: DataDir) -> None:
        self._database = database
        self._originals = Originals(data)

    def start(self, request_id: str, order: PageOrder, label: str, now: datetime) -> JobId:
        """Queue the job of an order; the same request again is answered with the same job.

        Raises what `changeable_row` does, and DocumentNotEditable for one that would change or go.
        """
        with self._database.write() as session:
            known = _asked_before(session, request_id)
            if known is not None:
                return known
            _require_allowed(session, _require_unchanged(session, order), order, viewer_in(session))
            job = new_job(session, None, JobKind.PAGES, label, {}, now)
            job.pages_total = len(order.parts)
            session.add(PageOrderRow(job_id=job.id, request_id=request_id, order=kept_order(order), documents=[], reading=[]))
            return JobId(job.id)

    def get(self, job_id: JobId) -> PageResult:
        """Tell what a job is to make, and what it has made; raises JobNotFound."""
        with self._database.read() as session:
            row = _row(session, job_id)
            documents, reading = tuple(map(DocumentId, row.documents)), tuple(map(JobId, row.reading))
            return PageResult(job_id, order_of(row.order), documents, reading)

    def asked_before(self, request_id: str) -> JobId | None:
        """Find the job of a request that has come before."""
        with self._database.read() as session:
            return _asked_before(session, request_id)

    def end_with_version(self, job: Job, file: StoredFile, facts: VersionFacts, notice: Notice, now: datetime) -> None:
        """Make a stored file the newest version of the subject, and end the job.

        Raises StaleFence, OrdererGone, DocumentNotEditable, and what `changeable_row` and `add_version` do; nothing was done then.
        """
        with self._database.write() as session:
            held = held_row(session, job.id, job.fence)
            sign_for_orderer(session, held, now)
            order = order_of(_row(session, job.id).order)
            rows = _require_unchanged(session, order)
            _require_allowed(session, rows, order, orderer(session, held))
            pages = taken_pages(session, order.parts[0])
            add_version(session, self._originals, document_row(session, order.subject), file, facts, now)
            put_pages(session, order.subject, pages)
            _end(session, held, order, [order.subject], [row for row in rows if row.id != order.subject], notice, now)

    def end_with_documents(self, job: Job, made: Sequence[NewDocument], notice: Notice, now: datetime) -> None:
        """Accept a document of each part, whose original is stored, and end the job.

        Raises StaleFence, OrdererGone, DocumentNotEditable, FileIsThere, OriginalMissing; nothing was done then.
        """
        with self._database.write() as session:
            held = held_row(session, job.id, job.fence)
            sign_for_orderer(session, held, now)
            order = order_of(_row(session, job.id).order)
            rows = _require_unchanged(session, order)
            _require_allowed(session, rows, order, orderer(session, held))
            subject = document_row(session, order.subject)
            documents = [
                self._accept(session, job, number, new, part, rows, now)
                for number, (new, part) in enumerate(zip(made, order.parts, strict=True))
            ]
            whole = order.discard and len(documents) == 1
            for document_id in documents:
                take_over(session, subject, document_row(session, document_id), with_number=whole, now=now)
            _end(session, held, order, documents, rows, notice, now)

    def _accept(
        self, session: Session, job: Job, number: int, new: NewDocument, part: Part, rows: Sequence[DocumentRow], now: datetime
    ) -> DocumentId:
        accepted = accept(session, self._originals, new, SourceKey(SourceKind.PAGES, f"{job.id} {number}"), now, rows)
        if accepted.duplicate:
            raise FileIsThere(accepted.document_id)
        row, origins = document_row(session, accepted.document_id), {piece.document_id for piece in part}
        row.form = DocumentForm.WHOLE
        note_origins(session, accepted.document_id, origins)
        inherit_access(session, document_rows(session, sorted(origins)), row)
        put_pages(session, accepted.document_id, taken_pages(session, part))
        return accepted.document_id


def _end(
    session: Session,
    held: JobRow,
    order: PageOrder,
    documents: Sequence[DocumentId],
    olds: Sequence[DocumentRow],
    notice: Notice,
    now: datetime,
) -> None:
    """Put away what is wanted no more, note what was made, and end the job."""
    if order.discard:
        words = warnings_of([notice(documents)])
        for old in olds:
            old.warnings = [*old.warnings, *words]
        discard(session, olds, now)
    kept = _row(session, JobId(held.id))
    kept.documents = list(documents)
    kept.reading = [job_id for one in documents if (job_id := active_job(session, one, JobKind.DOCUMENT)) is not None]
    held.pages_done = len(order.parts)
    end(session, held, JobState.SUCCEEDED, "", now)


def _require_unchanged(session: Session, order: PageOrder) -> list[DocumentRow]:
    """Load the documents whose pages are taken, if all are as they were when the order was given."""
    return [changeable_row(session, document_id, version) for document_id, version in order.sources.items()]


def _require_allowed(session: Session, rows: Sequence[DocumentRow], order: PageOrder, viewer: Viewer | None) -> None:
    """Make sure that somebody sees all whose pages are taken, and may change what gets them or goes.

    Raises DocumentNotFound, DocumentNotEditable.
    """
    if viewer is None:
        return
    for row in rows:
        changes = order.discard or (order.outcome is Outcome.VERSION and row.id == order.subject)
        if not may_reach(session, viewer, row, Level.VIEW):
            raise DocumentNotFound(DocumentId(row.id))
        if changes and not may_reach(session, viewer, row, Level.EDIT):
            raise DocumentNotEditable(DocumentId(row.id))


def _row(session: Session, job_id: JobId) -> PageOrderRow:
    row = session.get(PageOrderRow, job_id)
    if row is None:
        raise JobNotFound(job_id)
    return row


def _asked_before(session: Session, request_id: str) -> JobId | None:
    known = session.scalars(select(PageOrderRow.job_id).where(PageOrderRow.request_id == request_id)).one_or_none()
    return None if known is None else JobId(known)
