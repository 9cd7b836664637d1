"""What the intake needs of others."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from actors.store.nouns.archive import Accepted, Document, DocumentId, NewDocument, SourceKey, SourceKind
from actors.store.nouns.identity import UserId


class Documents(Protocol):
    """The rows of the archive."""

    def accept(self, new: NewDocument, source: SourceKey, now: datetime) -> Accepted:
        """Write document, job and source key in one transaction; the same key again gives the same answer. OriginalMissing: none of it.

        UserNotFound: none of it either; who was to own it is gone.
        """

    def get(self, document_id: DocumentId) -> Document:
        """Read one document."""


class Uploads(Protocol):
    """The uploads that became documents."""

    def find(self, request_id: str, kind: SourceKind) -> Accepted | None:
        """Tell what an earlier upload with this request id was answered, which came by the same door."""


class Originals(Protocol):
    """The files of the archive."""

    def put(self, staged: Path, sha256: str, suffix: str) -> Path:
        """Move a staged file into the archive for good: fsync, rename, mode 0444, fsync of the directory. The same bytes may come again."""


class Archive(Protocol):
    """The store, as far as the intake goes."""

    @property
    def documents(self) -> Documents:
        """Give the rows."""

    @property
    def uploads(self) -> Uploads:
        """Give the finished uploads."""

    @property
    def originals(self) -> Originals:
        """Give the files."""


class JobsWaiting(Protocol):
    """Whoever works on jobs."""

    async def wake(self) -> None:
        """Hear that a job was queued."""


class Detector(Protocol):
    """Knows files by their bytes."""

    def detect(self, head: bytes, name: str) -> str:
        """Name the MIME type of a file that begins with `head`; `name` only decides between kinds of text."""


FreeBytes = Callable[[Path], int]
Now = Callable[[], datetime]
# Who owns the next file that is dropped, None for nobody.
Owner = Callable[[], UserId | None]
