"""The files that are made from originals, and can be made again."""

import shutil
from pathlib import Path

from actors.store.files.data_dir import DataDir
from actors.store.files.durable import move_file, write_file
from actors.store.nouns.archive import DocumentId

DRAFTS = ".*.part"


def remove_drafts(data: DataDir) -> int:
    """Remove what a process that died was writing, and tell how many files; nobody else may be writing meanwhile."""
    drafts = [path for folder in (data.thumbnails, data.archive) for path in folder.glob(DRAFTS)]
    for path in drafts:
        path.unlink(missing_ok=True)
    return len(drafts)


class Thumbnails:
    """Keeps the first page of every document, small."""

    def __init__(self, data: DataDir) -> None:
        self._data = data

    def put(self, document_id: DocumentId, picture: bytes) -> None:
        """Keep a WebP picture; a second one replaces it."""
        write_file(self.path(document_id), picture)

    def path(self, document_id: DocumentId) -> Path:
        """Name the thumbnail of a document, there or not."""
        return self._data.thumbnail_file(document_id)


class Archives:
    """Keeps the searchable PDFs. Whoever makes one writes it to `path` whole or not at all."""

    def __init__(self, data: DataDir) -> None:
        self._data = data

    def path(self, document_id: DocumentId) -> Path:
        """Name the searchable PDF of a document, there or not."""
        return self._data.archive_file(document_id)

    def keep_copy(self, source: Path, document_id: DocumentId) -> None:
        """Keep a copy of a file that needs no binding."""
        target = self.path(document_id)
        staged = target.with_name(f".{target.name}.part")
        try:
            shutil.copyfile(source, staged)
            move_file(staged, target, 0o600)
        finally:
            staged.unlink(missing_ok=True)

    def drop(self, document_id: DocumentId) -> None:
        """Remove the archive of a document that has none any more; none is fine."""
        self.path(document_id).unlink(missing_ok=True)
