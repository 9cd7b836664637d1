"""Whether the files that are made from originals are there, whole, and what the database says of them."""

import struct
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.checkup.findings import MENDED, NEEDS_PERSON, QUEUED, Finding, Kind, Treated
from actors.checkup.messages import CheckOrder
from actors.checkup.ports import Painter
from actors.checkup.quarantine import Quarantine
from actors.checkup.queueing import at_work, read_again
from actors.checkup.subject import Plain
from actors.store.errors import DocumentNotFound
from actors.store.nouns.archive import DocumentId, DocumentState, DocumentWarning
from actors.store.rows.archive import DocumentRow
from actors.store.rows.conversions import warnings_of
from actors.store.rows.revisions import mark_rows, raise_revision
from actors.store.store import Store

_ROWS_AT_ONCE = 500
_NO_THUMBNAIL = "NO_THUMBNAIL"
# A PDF reader finds its way from the end of the file.
_TAIL_BYTES = 1024
_RIFF = struct.Struct("<4sI4s")


def is_whole_pdf(path: Path) -> bool:
    """Tell whether a file begins and ends as a PDF does; raises OSError."""
    with path.open("rb") as file:
        head = file.read(5)
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL_BYTES))
        return head == b"%PDF-" and b"%%EOF" in file.read()


def is_whole_webp(path: Path) -> bool:
    """Tell whether a file begins as a WebP does, and is as long as it says; raises OSError."""
    with path.open("rb") as file:
        head = file.read(_RIFF.size)
        if len(head) < _RIFF.size:
            return False
        riff, length, webp = _RIFF.unpack(head)
        return (riff, webp) == (b"RIFF", b"WEBP") and file.seek(0, 2) - 8 in (length, length + 1)


def wrong_archive(row: DocumentRow, path: Path) -> tuple[Kind, str] | None:
    """Tell what is wrong with a document's searchable PDF, if no job is at work on it."""
    there = path.exists()
    if row.state is not DocumentState.READY:
        # A job that failed may have left any file; but none may be promised that is not there.
        return (Kind.ARCHIVE_MISCOUNTED, "there is none") if row.has_archive and not there else None
    if not there:
        return (Kind.ARCHIVE_MISSING, "") if row.has_archive else None
    if not row.has_archive:
        return Kind.ARCHIVE_MISCOUNTED, "there is one"
    try:
        if not is_whole_pdf(path):
            return Kind.ARCHIVE_DAMAGED, "it does not begin or end as a PDF does"
        size = path.stat().st_size
    except OSError as error:
        return Kind.ARCHIVE_DAMAGED, f"it cannot be read: {error.strerror}"
    return (Kind.ARCHIVE_MISCOUNTED, f"it has {size} bytes, not {row.archive_bytes}") if size != row.archive_bytes else None


def wrong_thumbnail(row: DocumentRow, path: Path) -> tuple[Kind, str] | None:
    """Tell what is wrong with a document's thumbnail, if no job is at work on it."""
    promised = row.page_count and not any(warning["code"] == _NO_THUMBNAIL for warning in row.warnings)
    if row.state is not DocumentState.READY or not promised:
        return None
    try:
        return None if is_whole_webp(path) else (Kind.THUMBNAIL_DAMAGED, "it is not a whole WebP picture")
    except FileNotFoundError:
        return Kind.THUMBNAIL_MISSING, ""
    except OSError as error:
        return Kind.THUMBNAIL_DAMAGED, f"it cannot be read: {error.strerror}"


class DerivedFiles(Plain):
    """Goes through the documents, and looks at the files of each."""

    def __init__(self, store: Store, order: CheckOrder, painter: Painter) -> None:
        super().__init__(order)
        self._store = store
        self._painter = painter
        self._quarantine = Quarantine(store.data)

    def total(self) -> int:
        """Count the documents, those in the trash too."""
        return self._store.documents.count(deleted=False) + self._store.documents.count(deleted=True)

    def look(self) -> Iterator[Finding | int]:
        """Look at a block of documents after another."""
        after = DocumentId(0)
        query = select(DocumentRow).order_by(DocumentRow.id).limit(_ROWS_AT_ONCE)
        while True:
            with self._store.database.read() as session:
                rows = session.scalars(query.where(DocumentRow.id > after)).all()
                busy = at_work(session, after, DocumentId(rows[-1].id)) if rows else set()
            for row in rows:
                yield from self._wrong(row, row.id in busy)
            if not rows:
                return
            yield len(rows)
            after = DocumentId(rows[-1].id)

    def confirm(self, session: Session, suspect: Finding, now: datetime) -> bool:  # noqa: ARG002  # the port's signature
        """Look again at the document and its files."""
        row = session.get(DocumentRow, suspect.document_id)
        return row is not None and suspect in self._wrong(row, bool(at_work(session, DocumentId(row.id), DocumentId(row.id))))

    def mend(self, session: Session, finding: Finding, now: datetime) -> Treated:
        """Put what is damaged aside, set the row right, or have the document read again."""
        row = session.get_one(DocumentRow, finding.document_id)
        document_id, path = DocumentId(row.id), self._store.data.root / finding.path
        if finding.kind in (Kind.ARCHIVE_DAMAGED, Kind.THUMBNAIL_DAMAGED):
            self._quarantine.take(path, finding, now)
        if finding.kind in (Kind.THUMBNAIL_MISSING, Kind.THUMBNAIL_DAMAGED):
            return QUEUED
        if finding.kind is Kind.ARCHIVE_MISCOUNTED:
            row.has_archive, row.archive_bytes = path.exists(), path.stat().st_size if path.exists() else 0
            raise_revision(row, now)
            mark_rows(session, [row])
            return MENDED
        # The open copy of a locked PDF cannot be made without its password.
        return NEEDS_PERSON if row.encrypted else read_again(session, self._store.originals, document_id, now)

    def after(self, finding: Finding) -> Treated | None:
        """Draw a thumbnail; where that fails, the document says so from now on."""
        if finding.document_id is None or finding.kind not in (Kind.THUMBNAIL_MISSING, Kind.THUMBNAIL_DAMAGED):
            return None
        try:
            picture = self._painter.thumbnail(finding.document_id)
        except DocumentNotFound:
            return MENDED
        if isinstance(picture, bytes):
            self._store.thumbnails.put(finding.document_id, picture)
        else:
            self._note_failure(finding.document_id, picture)
        return MENDED

    def _note_failure(self, document_id: DocumentId, reason: str) -> None:
        with self._store.database.write() as session:
            row = session.get(DocumentRow, document_id)
            if row is not None:
                warning = DocumentWarning(_NO_THUMBNAIL, f"no preview could be drawn: {reason}")
                row.warnings = [*row.warnings, *warnings_of([warning])]
                raise_revision(row, row.update_time)
                mark_rows(session, [row])

    def _wrong(self, row: DocumentRow, busy: bool) -> list[Finding]:
        if busy:
            return []
        archive, thumbnail = self._store.data.archive_file(DocumentId(row.id)), self._store.data.thumbnail_file(DocumentId(row.id))
        judged = ((archive, wrong_archive(row, archive)), (thumbnail, wrong_thumbnail(row, thumbnail)))
        return [
            Finding(wrong[0], DocumentId(row.id), self._quarantine.relative(path), wrong[1]) for path, wrong in judged if wrong is not None
        ]
