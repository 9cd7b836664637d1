"""The documents of the archive."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.access.totals import total
from actors.store.assignments.changes import BY_USER, proposals_of
from actors.store.assignments.given import Standing
from actors.store.assignments.giving import give, standing_warnings, standings_of, taken_numbers, without_hidden
from actors.store.catalog.field_rows import entries_of, fields_by_id, values_of
from actors.store.catalog.label_rows import seen_names, tag_ids_of, tags_of
from actors.store.catalog.notes import notes_of
from actors.store.database import Database
from actors.store.documents.acceptance import accept, made_by
from actors.store.documents.likeness_rows import keep_compared
from actors.store.documents.listing import page_of
from actors.store.documents.sides import forget_sides
from actors.store.documents.warnings import hidden_warnings
from actors.store.errors import NotInTrash, OriginalMissing
from actors.store.files.data_dir import DataDir
from actors.store.files.discarded import Discarded
from actors.store.files.originals import Originals
from actors.store.jobs.rows import require_lease
from actors.store.nouns.archive import (
    Accepted,
    Cursor,
    Document,
    DocumentChanges,
    DocumentForm,
    DocumentId,
    DocumentOrder,
    DocumentState,
    DocumentWarning,
    IndexEntry,
    NewDocument,
    SourceKey,
)
from actors.store.nouns.assignments import Giver, Proposal, Reason
from actors.store.nouns.likeness import Compared
from actors.store.nouns.workflows import Deeds
from actors.store.rows.archive import DocumentRow
from actors.store.rows.conversions import document_of, warnings_of
from actors.store.rows.pages import texts_of
from actors.store.rows.revisions import document_row, document_rows, mark_rows, raise_revision
from actors.store.rows.seeing import require_editable, viewer_in
from actors.store.rows.versions import rows_with_bytes, versions_of
from actors.store.trash import discard, erase, restore, sweep
from actors.store.workflows.rows import mark_edited, send_off, warnings_after, workflow_warnings

Update = tuple[DocumentId, DocumentChanges, int | None]


class Documents:
    """Takes documents in, finds, changes and removes them. A call is kept as a whole or not at all."""

    def __init__(self, database: Database, data: DataDir) -> None:
        self._database = database
        self._data = data
        self._originals = Originals(data)

    def accept(self, new: NewDocument, source: SourceKey, now: datetime) -> Accepted:
        """Take in a file whose original is stored (`originals.put`). The same delivery again gets the same answer again."""
        with self._database.write() as session:
            return accept(session, self._originals, new, source, now)

    def lookup(self, sha256: str, size_bytes: int) -> Document | None:
        """Find the first document that holds these bytes, in any of its versions; in the trash too."""
        with self._database.read() as session:
            rows = rows_with_bytes(session, sha256, size_bytes)
            return loaded(session, rows[:1])[0] if rows else None

    def delivery(self, document_id: DocumentId) -> SourceKey | None:
        """Tell by which delivery a document came in first, or the whole that it is a part of."""
        with self._database.read() as session:
            return made_by(session, document_id)

    def get(self, document_id: DocumentId) -> Document:
        """Give one document, in the trash too."""
        return self.get_many([document_id])[0]

    def require_editable(self, document_id: DocumentId) -> None:
        """Make sure that a document may be changed, before anything is done for it. Raises DocumentNotFound, DocumentNotEditable."""
        with self._database.read() as session:
            require_editable(document_row(session, document_id))

    def get_many(self, document_ids: Sequence[DocumentId]) -> Sequence[Document]:
        """Give documents in the order asked; one that is missing fails the whole call."""
        with self._database.read() as session:
            return loaded(session, document_rows(session, document_ids))

    def seen_of(self, document_ids: Iterable[DocumentId]) -> set[DocumentId]:
        """Choose those that are there and that whoever looks may see."""
        if not (asked := set(document_ids)):
            return set()
        with self._database.read() as session:
            return {DocumentId(one) for one in session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(asked)))}

    def list(self, order: DocumentOrder, after: Cursor | None, limit: int, deleted: bool, skip: int = 0) -> Sequence[Document]:
        """List a page of the archive, or of the trash: the first, or the one after a place (`cursor_of`), or so many further on."""
        with self._database.read() as session:
            return loaded(session, page_of(session, order, after, limit, deleted, skip))

    def count(self, deleted: bool) -> int:
        """Count the documents of the archive, or of the trash."""
        with self._database.read() as session:
            return total(session, deleted)

    def ids(self, after: DocumentId | None, limit: int) -> Sequence[DocumentId]:
        """List ids of documents that are not in the trash, in their order, beginning after one."""
        query = select(DocumentRow.id).where(DocumentRow.trashed == False, DocumentRow.id > (after or 0))  # noqa: E712  # SQL, not Python
        with self._database.read() as session:
            return [DocumentId(document_id) for document_id in session.scalars(query.order_by(DocumentRow.id).limit(limit))]

    def for_index(self, document_ids: Sequence[DocumentId]) -> Sequence[IndexEntry]:
        """Give what the index keeps of these documents; those that are purged or in the trash are left out."""
        with self._database.read() as session:
            rows = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(document_ids), DocumentRow.trashed == False)).all()  # noqa: E712  # SQL, not Python
            texts, notes = texts_of(session, document_ids), notes_of(session, document_ids)
            return [
                IndexEntry(document, tuple(texts.get(document.id, ())), tuple(note.text for note in notes.get(document.id, ())))
                for document in loaded(session, rows)
            ]

    def update(self, document_id: DocumentId, changes: DocumentChanges, expected_revision: int | None, now: datetime) -> Document:
        """Change what a user may change of one document."""
        return self.update_many([(document_id, changes, expected_revision)], now)[0]

    def update_many(self, updates: Sequence[Update], now: datetime, dry_run: bool = False, reason: Reason = BY_USER) -> Sequence[Document]:
        """Change many documents, all or none; a dry run answers the same and keeps nothing."""
        with self._database.write() as session:
            rows = document_rows(session, [document_id for document_id, _, _ in updates])
            for document_id, _, expected_revision in updates:
                document_row(session, document_id, expected_revision)
            borne = tags_of(session, [document_id for document_id, _, _ in updates])
            wanted = dict[DocumentId, list[Proposal]]()
            for document_id, changes, _ in updates:
                wanted.setdefault(document_id, []).extend(proposals_of(changes, borne.get(document_id, ()), reason))
            before = {row.id: row.revision for row in rows}
            give(session, rows, wanted, now)
            if reason.giver is Giver.USER:
                mark_edited(session, [row for row in rows if row.revision != before[row.id] and not row.trashed])
            documents = reloaded(session, rows)
            if dry_run:
                session.rollback()
            return documents

    def foresee(self, document_id: DocumentId, proposals: Sequence[Proposal], now: datetime) -> tuple[Document, Standing]:
        """Tell what a document would be if it were given what is proposed, and who would have given what; nothing is kept."""
        with self._database.write() if proposals else self._database.read() as session:
            row = document_row(session, document_id)
            if proposals:
                give(session, [row], {document_id: proposals}, now)
            (document,) = reloaded(session, [row]) if proposals else loaded(session, [row])
            standing = without_hidden(session, standings_of(session, [document_row(session, document_id)])[document_id])
            if proposals:
                session.rollback()
            return document, standing

    def delete(self, document_id: DocumentId, expected_revision: int | None, now: datetime) -> Document:
        """Move a document to the trash; one that is there stays as it is."""
        with self._database.write() as session:
            row = document_row(session, document_id, expected_revision)
            discard(session, [row], now)
            return reloaded(session, [row])[0]

    def delete_many(self, document_ids: Sequence[DocumentId], now: datetime) -> Sequence[Document]:
        """Move documents to the trash, all or none."""
        with self._database.write() as session:
            rows = document_rows(session, document_ids)
            discard(session, rows, now)
            return reloaded(session, rows)

    def undelete(self, document_id: DocumentId, now: datetime) -> Document:
        """Take a document out of the trash."""
        with self._database.write() as session:
            row = document_row(session, document_id)
            if not row.trashed:
                raise NotInTrash(document_id)
            raise_revision(row, now)
            restore(session, row, now)
            return reloaded(session, [row])[0]

    def trashed_before(self, moment: datetime, after: DocumentId, limit: int) -> Sequence[DocumentId]:
        """List documents that have been in the trash since before a moment, in their order, beginning after one."""
        query = select(DocumentRow.id).where(DocumentRow.trashed == True, DocumentRow.id > after, DocumentRow.delete_time <= moment)  # noqa: E712  # SQL, not Python
        with self._database.read() as session:
            return [DocumentId(document_id) for document_id in session.scalars(query.order_by(DocumentRow.id).limit(limit))]

    def purge(self, document_id: DocumentId, discarded: Discarded | None = None, trashed_before: datetime | None = None) -> None:
        """Remove a document from the trash for ever: first its rows, then its files; `discarded` gets a copy of each version before.

        Raises NotInTrash, also where it came there after `trashed_before`.
        """
        if discarded is not None:
            self._keep_originals(document_id, discarded)
        with self._database.write() as session:
            row = document_row(session, document_id)
            if trashed_before is not None and row.delete_time is not None and row.delete_time > trashed_before:
                raise NotInTrash(document_id)
            erase(session, row, self._originals.stamp)
        sweep(self._database, self._data)

    def _keep_originals(self, document_id: DocumentId, discarded: Discarded) -> None:
        with self._database.read() as session:
            row = document_row(session, document_id)
            if not row.trashed:
                raise NotInTrash(document_id)
            versions = versions_of(session, row)
        for version in versions:
            with suppress(OriginalMissing):  # nothing is left to keep
                discarded.keep(self._originals.require(version.file.sha256), version, of_several=len(versions) > 1)

    def set_inspection(
        self,
        document_id: DocumentId,
        fence: int,
        page_count: int,
        encrypted: bool,
        signed: bool,
        warnings: Sequence[DocumentWarning],
        now: datetime,
    ) -> None:
        """Keep what the first look at the file has found; its warnings take the place of an earlier reading's."""
        with self._database.write() as session:
            require_lease(session, document_id, fence)
            row = document_row(session, document_id)
            row.page_count, row.encrypted, row.signed = page_count, encrypted, signed
            row.warnings = warnings_of([*warnings, *standing_warnings(row), *workflow_warnings(row)])
            raise_revision(row, now)

    def warn(self, document_id: DocumentId, warning: DocumentWarning, now: datetime) -> None:
        """Add a warning that is not there yet; the next reading takes it away."""
        with self._database.write() as session:
            row = document_row(session, document_id)
            told = warnings_of([warning])
            if told[0] not in row.warnings:
                row.warnings = [*row.warnings, *told]
                raise_revision(row, now)
                mark_rows(session, [row])

    def set_result(
        self,
        document_id: DocumentId,
        fence: int,
        state: DocumentState,
        language: str,
        warnings: Sequence[DocumentWarning],
        has_archive: bool,
        now: datetime,
        proposals: Sequence[Proposal] = (),
        compared: Compared | None = None,
        deeds: Deeds | None = None,
    ) -> bool:
        """Keep what became of a document and what was understood of it, and let the index look at it.

        `deeds` are what workflows want beside the values among the proposals; None where they were not asked. The warnings take the place
        of those of an earlier reading. Nothing is kept, and the answer is False, where documents have come that it was not `compared`
        with: compare again.
        """
        archive = self._data.archive_file(document_id)
        archive_bytes = archive.stat().st_size if has_archive and archive.is_file() else 0
        with self._database.write() as session:
            require_lease(session, document_id, fence)
            row = document_row(session, document_id)
            if compared is not None and not keep_compared(session, document_id, compared):
                return False
            refused = give(session, [row], {document_id: proposals}, now) if proposals else {}
            found = [*warnings, *standing_warnings(row), *taken_numbers(refused.get(document_id, ()))]
            if deeds is not None:
                found += warnings_after(session, row, deeds, now)
            row.state, row.language, row.warnings = state, language, warnings_of(dict.fromkeys(found))
            row.has_archive, row.archive_bytes = has_archive, archive_bytes
            if row.form is DocumentForm.OPEN:
                row.form = DocumentForm.WHOLE
            forget_sides(session, [document_id])
            raise_revision(row, now)
            mark_rows(session, [row])
            if deeds is not None:
                send_off(session, row, deeds, now)
            return True


def loaded(session: Session, rows: Sequence[DocumentRow]) -> list[Document]:
    """Make documents of rows; labels and custom fields are read with one query each."""
    ids = [row.id for row in rows]
    tags, kept = tag_ids_of(session, ids), values_of(session, ids)
    singles = {one for row in rows for one in (row.correspondent_id, row.type_id, row.path_id) if one is not None}
    names = seen_names(session, singles.union(*tags.values()))
    fields = fields_by_id(session, {field_id for values in kept.values() for field_id in values})
    documents = [document_of(row, tags.get(row.id, ()), names, entries_of(kept.get(row.id, {}), fields)) for row in rows]
    return documents if viewer_in(session) is None else _without_hidden(session, documents)


def _without_hidden(session: Session, documents: list[Document]) -> list[Document]:
    """Leave out the warnings that whoever looks may not be told of."""
    hidden = hidden_warnings(session, [warning for document in documents for warning in document.warnings])
    if not hidden:
        return documents
    return [replace(document, warnings=tuple(one for one in document.warnings if one not in hidden)) for document in documents]


def reloaded(session: Session, rows: Sequence[DocumentRow]) -> list[Document]:
    """Make documents of changed rows as the database holds them: cleaned, and in UTC."""
    session.flush()
    session.expire_all()
    # Who has just let a document go to another is told once more what it is now.
    return loaded(session, document_rows(session, [DocumentId(row.id) for row in rows], whole=True))
