"""Second names of documents' files, for people who look into the folder: hard links below `named/`, each noted before it is made."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.files.data_dir import DataDir
from actors.store.files.durable import remove_file
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.folders import Filed, Place
from actors.store.rows.archive import DocumentRow
from actors.store.rows.folders import NamedFileRow, PlaceRow


class NamedFiles:
    """Remembers names. What is not noted here was made by somebody else, and is left alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def filed(self) -> Sequence[Filed]:
        """List all documents outside the trash that have a place, by their ids."""
        columns = (DocumentRow.id, DocumentRow.sha256, DocumentRow.has_archive, PlaceRow.folder, PlaceRow.name, PlaceRow.problem)
        query = select(*columns).join(PlaceRow, PlaceRow.document_id == DocumentRow.id)
        query = query.where(DocumentRow.trashed == False).order_by(DocumentRow.id)  # noqa: E712  # SQL, not Python
        with self._database.read() as session:
            return [
                Filed(DocumentId(row.id), row.sha256, row.has_archive, Place(row.folder, row.name, row.problem))
                for row in session.execute(query)
            ]

    def noted(self) -> Mapping[str, DocumentId]:
        """Give the document of each name that is noted; its file may not be there yet, or no more."""
        with self._database.read() as session:
            query = select(NamedFileRow.path, NamedFileRow.document_id)
            return {path: DocumentId(document_id) for path, document_id in session.execute(query)}

    def note(self, names: Mapping[str, DocumentId]) -> None:
        """Note names before they are given."""
        with self._database.write() as session:
            session.execute(insert(NamedFileRow), [{"path": path, "document_id": document_id} for path, document_id in names.items()])

    def forget(self, paths: Collection[str]) -> None:
        """Forget names whose files are gone."""
        with self._database.write() as session:
            session.execute(delete(NamedFileRow).where(NamedFileRow.path.in_(paths)))


def remove_named(session: Session, data: DataDir, document_id: DocumentId) -> None:
    """Remove a document's named files for good: what is removed from the archive must not live on under another name."""
    for path in session.scalars(select(NamedFileRow.path).where(NamedFileRow.document_id == document_id)).all():
        remove_file(data.named / path)
    session.execute(delete(NamedFileRow).where(NamedFileRow.document_id == document_id))
