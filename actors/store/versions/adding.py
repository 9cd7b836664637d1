"""Which file a document has: another one is added, or one goes. All of it in the one transaction that is open."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.documents.duplicates import there_in
from actors.store.errors import JobActive, OriginalMissing
from actors.store.files.originals import Originals
from actors.store.jobs.rows import active_job, new_job
from actors.store.nouns.archive import DocumentForm, DocumentId, DocumentState
from actors.store.nouns.jobs import JobKind
from actors.store.nouns.versions import FIRST, StoredFile, VersionFacts
from actors.store.rows.archive import DocumentRow
from actors.store.rows.pages import reset_pages
from actors.store.rows.revisions import document_row, mark_rows, raise_revision
from actors.store.rows.versions import VersionRow, first_version, loosen
from actors.store.versions.errors import FileIsThere, FirstVersionStays, InTrash, VersionNotFound, VersionOutdated


def changeable_row(session: Session, document_id: DocumentId, version: int | None = None) -> DocumentRow:
    """Load a document that may get another file: not in the trash, not at work, and still at a version where one is named.

    Raises DocumentNotFound, InTrash, JobActive, VersionOutdated.
    """
    row = document_row(session, document_id)
    if row.trashed:
        raise InTrash(document_id)
    if version is not None and row.version != version:
        raise VersionOutdated(document_id, version, row.version)
    active = active_job(session, document_id, JobKind.DOCUMENT)
    if active is not None:
        raise JobActive(active)
    return row


def add_version(
    session: Session, originals: Originals, row: DocumentRow, file: StoredFile, facts: VersionFacts, now: datetime
) -> VersionRow:
    """Make a stored file the newest version of a changeable document, and queue the job that reads it.

    Raises OriginalMissing, FileIsThere.
    """
    if not originals.stamp(file.sha256):
        raise OriginalMissing(file.sha256)
    there = there_in(session, file.sha256, file.size_bytes, row)
    if there is not None:
        raise FileIsThere(DocumentId(there.id))
    if session.get(VersionRow, (row.id, FIRST)) is None:
        session.add(first_version(row))
    keep_page_count(session, row)
    row.last_version += 1
    row.version_count += 1
    version = VersionRow(
        document_id=row.id,
        number=row.last_version,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        mime_type=facts.mime_type,
        filename=facts.filename,
        page_count=facts.page_count,
        label=facts.label,
        giver=facts.giver,
        words=facts.words,
        create_time=now,
    )
    session.add(version)
    show(session, row, version, now)
    return version


def remove_version(session: Session, row: DocumentRow, number: int, stamp: Callable[[str], int], now: datetime) -> None:
    """Take a version out of a changeable document, which falls back to the one before where it was the newest.

    Raises FirstVersionStays, VersionNotFound.
    """
    document_id = DocumentId(row.id)
    if number == FIRST:
        raise FirstVersionStays(document_id)
    version = session.get(VersionRow, (row.id, number))
    if version is None:
        raise VersionNotFound(document_id, number)
    loosen(session, row.id, version.sha256, stamp)
    session.delete(version)
    row.version_count -= 1
    raise_revision(row, now)
    if number == row.version:
        before = select(VersionRow).where(VersionRow.document_id == row.id, VersionRow.number < number)
        show(session, row, session.scalars(before.order_by(VersionRow.number.desc()).limit(1)).one(), now)
        reset_pages(session, document_id)
    else:
        mark_rows(session, [row])


def show(session: Session, row: DocumentRow, version: VersionRow, now: datetime) -> None:
    """Let a version be what a document is, and queue the job that reads it. What was made of another file is shown no more."""
    row.version, row.sha256, row.size_bytes = version.number, version.sha256, version.size_bytes
    row.mime_type, row.original_filename, row.page_count = version.mime_type, version.filename, version.page_count
    row.has_archive, row.archive_bytes = False, 0
    row.encrypted = row.signed = False  # until somebody looks at it
    row.state = DocumentState.ACCEPTED
    if row.form is DocumentForm.OPEN:  # the pages are what a person wants together
        row.form = DocumentForm.WHOLE
    raise_revision(row, now)
    mark_rows(session, [row])
    new_job(session, DocumentId(row.id), JobKind.DOCUMENT, row.title or row.original_filename, {}, now)


def keep_page_count(session: Session, row: DocumentRow) -> None:
    """Keep what is known of the version that is the newest no more."""
    session.flush()
    session.get_one(VersionRow, (row.id, row.version)).page_count = row.page_count
