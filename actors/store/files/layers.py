"""The text layers of pages that are read and wait to be bound."""

from pathlib import Path

from actors.store.files.data_dir import DataDir
from actors.store.files.durable import make_folder, remove_folder, write_file
from actors.store.nouns.archive import DocumentId, JobId

_JOB = "job-"


class Layers:
    """Keeps one small PDF per page, so that a page is read once whatever happens before its document is bound."""

    def __init__(self, data: DataDir) -> None:
        self._root = data.pages

    def put(self, document_id: DocumentId, number: int, data: bytes) -> Path:
        """Keep the layer of a page; a second one replaces it."""
        target = self.path(document_id, number)
        make_folder(target.parent)
        write_file(target, data)
        return target

    def path(self, document_id: DocumentId, number: int) -> Path:
        """Name the layer of a page, there or not."""
        return self._root / str(document_id) / f"{number}.pdf"

    def folder(self, document_id: DocumentId) -> Path:
        """Give a folder for other work on a document, there for as long as its layers."""
        folder = self._root / str(document_id)
        make_folder(folder)
        return folder

    def folder_of_job(self, job_id: JobId) -> Path:
        """Give a folder for what a job makes that belongs to no document."""
        folder = self._root / f"{_JOB}{job_id}"
        make_folder(folder)
        return folder

    def drop_job(self, job_id: JobId) -> None:
        """Remove what a job has made; none is fine."""
        remove_folder(self._root / f"{_JOB}{job_id}")

    def drop_jobs(self) -> None:
        """Remove what a former life has made; nobody may be at work."""
        for folder in self._root.glob(f"{_JOB}*"):
            remove_folder(folder)

    def documents(self) -> set[DocumentId]:
        """Name the documents that have layers here."""
        return {DocumentId(int(folder.name)) for folder in self._root.iterdir() if folder.name.isdecimal()}

    def drop(self, document_id: DocumentId) -> None:
        """Remove all layers of a document; none is fine."""
        remove_folder(self._root / str(document_id))
