"""Decrypted work copies of PDFs that a person has opened with their password."""

from pathlib import Path

from actors.store.files.data_dir import DataDir
from actors.store.files.durable import move_file, remove_file
from actors.store.nouns.archive import DocumentId


class Unlocked:
    """Keeps a decrypted copy from the moment it is unlocked until its document is bound. The original stays locked."""

    def __init__(self, data: DataDir) -> None:
        self._root = data.unlocked

    def put(self, staged: Path, document_id: DocumentId) -> Path:
        """Keep a decrypted copy, for its owner's eyes alone."""
        target = self.path(document_id)
        move_file(staged, target, 0o600)
        return target

    def path(self, document_id: DocumentId) -> Path:
        """Name the decrypted copy of a document, there or not."""
        return self._root / f"{document_id}.pdf"

    def find(self, document_id: DocumentId) -> Path | None:
        """Give the decrypted copy of a document, if there is one."""
        path = self.path(document_id)
        return path if path.is_file() else None

    def documents(self) -> set[DocumentId]:
        """Name the documents that have a decrypted copy here."""
        return {DocumentId(int(copy.stem)) for copy in self._root.glob("*.pdf") if copy.stem.isdecimal()}

    def drop(self, document_id: DocumentId) -> None:
        """Remove the decrypted copy; none is fine."""
        remove_file(self.path(document_id))
