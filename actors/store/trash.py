"""Into the trash, out of it, and away for ever."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from actors.store.audit.deeds import note
from actors.store.database import Database
from actors.store.errors import NotInTrash
from actors.store.files.data_dir import DataDir
from actors.store.files.durable import remove_file
from actors.store.files.layers import Layers
from actors.store.files.named_files import remove_named
from actors.store.files.originals import Originals
from actors.store.files.unlocked import Unlocked
from actors.store.jobs.rows import active_job, new_job
from actors.store.nouns.archive import DocumentForm, DocumentId, DocumentState
from actors.store.nouns.audit import Act, AuditNoun, Deed
from actors.store.nouns.jobs import JobKind
from actors.store.rows import counters
from actors.store.rows.archive import DocumentRow, LeftoverRow
from actors.store.rows.pages import has_unread_pages
from actors.store.rows.revisions import mark_for_index, mark_rows, raise_revision
from actors.store.rows.seeing import require_editable
from actors.store.rows.versions import LooseOriginalRow, is_kept, loosen, versions_of


def discard(session: Session, rows: Iterable[DocumentRow], now: datetime) -> None:
    """Move documents to the trash; one that is there stays as it is."""
    live = {row for row in rows if not row.trashed}
    for row in live:
        row.trashed = True
        row.delete_time = now
        raise_revision(row, now)
    counters.add(session, counters.LIVE, -len(live))
    counters.add(session, counters.TRASHED, len(live))
    mark_rows(session, live)


def restore(session: Session, row: DocumentRow, now: datetime) -> None:
    """Take a document out of the trash; the caller has raised its revision. One that was replaced before it was read is read now."""
    row.trashed = False
    row.delete_time = None
    counters.add(session, counters.TRASHED, -1)
    counters.add(session, counters.LIVE, 1)
    mark_rows(session, [row])
    document_id = DocumentId(row.id)
    unread = row.form is DocumentForm.REPLACED and has_unread_pages(session, document_id)
    if unread and active_job(session, document_id, JobKind.DOCUMENT) is None:
        row.state = DocumentState.ACCEPTED
        new_job(session, document_id, JobKind.DOCUMENT, row.title or row.original_filename, {}, now)


def erase(session: Session, row: DocumentRow, stamp: Callable[[str], int]) -> None:
    """Remove the rows of a document, and note the files that must follow them; `stamp` gives that of an original (files/originals.py)."""
    if not row.trashed:
        raise NotInTrash(DocumentId(row.id))
    require_editable(row)
    session.add(LeftoverRow(document_id=row.id, sha256=row.sha256, stamp=stamp(row.sha256)))
    for version in versions_of(session, row):
        if not version.present:
            loosen(session, row.id, version.file.sha256, stamp)
    mark_for_index(session, {row.id: row.revision + 1})
    counters.add(session, counters.TRASHED, -1)
    # Pages, jobs, sources and tags go with it by their foreign keys.
    session.execute(delete(DocumentRow).where(DocumentRow.id == row.id))
    note(session, Deed(Act.PURGED, AuditNoun.DOCUMENT, row.id, row.title or row.original_filename))


def sweep(database: Database, data: DataDir) -> None:
    """Remove the files of documents and versions that are gone, also those that were left when a process died.

    It decides and acts under the writers' turn, so no document can come by the same original meanwhile (RELIABILITY R7).
    """
    database = database.whole  # what is hidden needs its files, too
    with database.read() as session:
        left = session.scalars(select(LeftoverRow.document_id).limit(1)).first()
        if left is None and session.scalars(select(LooseOriginalRow.sha256).limit(1)).first() is None:
            return
    with database.write() as session:
        for leftover in session.scalars(select(LeftoverRow)).all():
            remove_files(data, DocumentId(leftover.document_id))
            remove_named(session, data, DocumentId(leftover.document_id))
            remove_original(session, data, leftover)
        for loose in session.scalars(select(LooseOriginalRow)).all():
            remove_named(session, data, DocumentId(loose.document_id))
            remove_original(session, data, loose)


def remove_original(session: Session, data: DataDir, gone: LeftoverRow | LooseOriginalRow) -> None:
    """Remove an original that is noted, unless a document needs it, and forget the note."""
    if not is_kept(session, gone.sha256):
        Originals(data).remove(gone.sha256, gone.stamp)
    session.delete(gone)


def remove_files(data: DataDir, document_id: DocumentId) -> None:
    """Remove what was made from a document, for good: nobody looks for it again."""
    remove_file(data.archive_file(document_id))
    remove_file(data.thumbnail_file(document_id))
    Layers(data).drop(document_id)
    Unlocked(data).drop(document_id)
