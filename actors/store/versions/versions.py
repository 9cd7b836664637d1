"""The versions of documents: every file that one has had, and which of them it is."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path, PurePath

from actors.store.database import Database
from actors.store.errors import StoreError
from actors.store.files.data_dir import DataDir
from actors.store.files.originals import Originals
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.versions import FIRST, StoredFile, Version, VersionFacts
from actors.store.rows.revisions import document_row, raise_revision
from actors.store.rows.versions import VersionRow, first_version, is_kept, version_of, versions_of
from actors.store.trash import sweep
from actors.store.versions.adding import add_version, changeable_row, remove_version
from actors.store.versions.errors import VersionNotFound


class Versions:
    """Adds files beside the first one, which stays; lists, labels and removes them."""

    def __init__(self, database: Database, data: DataDir) -> None:
        self._database = database
        self._data = data
        self._originals = Originals(data)

    def list(self, document_id: DocumentId) -> Sequence[Version]:
        """List the versions of a document, the first one first; raises DocumentNotFound."""
        with self._database.read() as session:
            return versions_of(session, document_row(session, document_id))

    def get(self, document_id: DocumentId, number: int) -> Version:
        """Give one version; raises DocumentNotFound, VersionNotFound."""
        for version in self.list(document_id):
            if version.number == number:
                return version
        raise VersionNotFound(document_id, number)

    def add(self, document_id: DocumentId, staged: Path, facts: VersionFacts, now: datetime, after: int | None = None) -> Version:
        """Store a finished file of the spool as the newest version, and queue the job that reads it.

        `after` is the version that the file was made of. The staged file is gone afterwards. Raises what `changeable_row` and `add_version`
        do; nothing of the file is kept then.
        """
        file = self._originals.take(staged, PurePath(facts.filename).suffix)
        try:
            with self._database.write() as session:
                row = changeable_row(session, document_id, after)
                version = add_version(session, self._originals, row, file, facts, now)
                session.flush()
                return version_of(version, row)
        except StoreError:
            self.drop_unclaimed(file)
            raise

    def drop_unclaimed(self, file: StoredFile) -> None:
        """Remove a stored file that no document came to need."""
        stamp = self._originals.stamp(file.sha256)
        with self._database.write() as session:
            if not is_kept(session, file.sha256):
                self._originals.remove(file.sha256, stamp)

    def label(self, document_id: DocumentId, number: int, label: str, now: datetime) -> Version:
        """Give a version another label; raises DocumentNotFound, VersionNotFound."""
        with self._database.write() as session:
            row = document_row(session, document_id)
            kept = session.get(VersionRow, (document_id, number))
            if kept is None and number == row.last_version == FIRST:  # it has no row as long as there never was a second
                kept = first_version(row)
                session.add(kept)
            if kept is None:
                raise VersionNotFound(document_id, number)
            kept.label = label
            raise_revision(row, now)
            session.flush()
            return version_of(kept, row)

    def delete(self, document_id: DocumentId, number: int, now: datetime) -> Version:
        """Remove a version and its file for good, and give the one that the document then is; raises what `remove_version` does."""
        with self._database.write() as session:
            row = changeable_row(session, document_id)
            remove_version(session, row, number, self._originals.stamp, now)
            session.flush()
            version = next(one for one in versions_of(session, row) if one.present)
        sweep(self._database, self._data)
        return version
