"""Notes on documents."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.errors import NoteNotFound
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import Note, NoteId
from actors.store.rows.catalog import NoteRow
from actors.store.rows.revisions import document_row, mark_rows, raise_revision

_NOTES = select(NoteRow).where(NoteRow.document_id.in_(bindparam("document_ids", expanding=True))).order_by(NoteRow.id)


class Notes:
    """Keeps what people write on documents. A note changes its document, which the index then looks at."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, document_id: DocumentId) -> Sequence[Note]:
        """List the notes of a document, the oldest first."""
        with self._database.read() as session:
            document_row(session, document_id)
            return notes_of(session, [document_id]).get(document_id, [])

    def add(self, document_id: DocumentId, author: str, text: str, now: datetime) -> Note:
        """Write a note."""
        with self._database.write() as session:
            row = document_row(session, document_id)
            note = NoteRow(document_id=document_id, author=author, text=text, create_time=now, update_time=now)
            session.add(note)
            raise_revision(row, now)
            mark_rows(session, [row])
            session.flush()
            session.refresh(note)
            return note_of(note)

    def change(self, document_id: DocumentId, note_id: NoteId, text: str, now: datetime) -> Note:
        """Write another text."""
        with self._database.write() as session:
            row, note = document_row(session, document_id), note_row(session, document_id, note_id)
            note.text, note.update_time = text, now
            raise_revision(row, now)
            mark_rows(session, [row])
            session.flush()
            session.refresh(note)
            return note_of(note)

    def remove(self, document_id: DocumentId, note_id: NoteId, now: datetime) -> None:
        """Remove a note."""
        with self._database.write() as session:
            row, note = document_row(session, document_id), note_row(session, document_id, note_id)
            session.delete(note)
            raise_revision(row, now)
            mark_rows(session, [row])


def note_row(session: Session, document_id: DocumentId, note_id: NoteId) -> NoteRow:
    """Load a note of a document; raises NoteNotFound."""
    row = session.get(NoteRow, note_id)
    if row is None or row.document_id != document_id:
        raise NoteNotFound(note_id)
    return row


def notes_of(session: Session, document_ids: Sequence[int]) -> dict[int, list[Note]]:
    """Read the notes of many documents with one query; a document without notes has no entry."""
    found = dict[int, list[Note]]()
    for row in session.scalars(_NOTES, {"document_ids": document_ids}):
        found.setdefault(row.document_id, []).append(note_of(row))
    return found


def note_of(row: NoteRow) -> Note:
    """Make a note of its row."""
    return Note(NoteId(row.id), row.author, row.text, row.create_time, row.update_time)
