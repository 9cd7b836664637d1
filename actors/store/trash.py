"""Into the trash, out of it, and away for ever."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

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
from actors.store.nouns.jobs import JobKind
from actors.store.rows import counters
from actors.store.rows.archive import DocumentRow, LeftoverRow
from actors.store.rows.pages import has_unread_pages
from actors.store.rows.revisions import mark_for_index, mark_rows, raise_revision


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


def erase(session: Session, row: DocumentRow, stamp: int) -> None:
    """Remove the rows of a document, and note the files that must follow them."""
    if not row.trashed:
        raise NotInTrash(DocumentId(row.id))
    session.add(LeftoverRow(document_id=row.id, sha256=row.sha256, stamp=stamp))
    mark_for_index(session, {row.id: row.revision + 1})
    counters.add(session, counters.TRASHED, -1)
    # Pages, jobs, sources and tags go with it by their foreign keys.
    session.execute(delete(DocumentRow).where(DocumentRow.id == row.id))


def sweep(database: Database, data: DataDir) -> None:
    """Remove the files of purged documents, also those that a purge left when its process died.

    It decides and acts under the writers' turn, so no document can come by the same original meanwhile (RELIABILITY R7).
    """
    with database.read() as session:
        if session.scalars(select(LeftoverRow.document_id).limit(1)).first() is None:
            return
    with database.write() as session:
        for leftover in session.scalars(select(LeftoverRow)).all():
            remove_files(data, DocumentId(leftover.document_id))
            remove_named(session, data, DocumentId(leftover.document_id))
            if not session.scalars(select(exists().where(DocumentRow.sha256 == leftover.sha256))).one():
                Originals(data).remove(leftover.sha256, leftover.stamp)
            session.delete(leftover)


def remove_files(data: DataDir, document_id: DocumentId) -> None:
    """Remove what was made from a document, for good: nobody looks for it again."""
    remove_file(data.archive_file(document_id))
    remove_file(data.thumbnail_file(document_id))
    Layers(data).drop(document_id)
    Unlocked(data).drop(document_id)
