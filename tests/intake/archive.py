"""An archive in memory with its files on disk, and one that fails where a test says."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from actors.failpoints import Checkpoint, Failpoint
from actors.intake.ports import Archive
from actors.store.nouns.archive import Accepted, Document, DocumentId, NewDocument, SourceKey, SourceKind


class Killed(BaseException):
    """Stands for a process that ended here: nothing in it runs any more, so nothing may catch it."""


def killed_at(failpoint: Failpoint) -> Checkpoint:
    """Make a checkpoint that ends the life at one place."""

    def check(reached: Failpoint) -> None:
        if reached == failpoint:
            raise Killed(failpoint)

    return check


@dataclass
class FailingArchive:
    """Passes calls on to an archive, and raises `error` before or after the call named in `at`, once."""

    inner: Archive
    at: str
    error: BaseException
    _lock: Lock = field(default_factory=Lock)

    @property
    def documents(self) -> "FailingArchive":
        return self

    @property
    def originals(self) -> "FailingArchive":
        return self

    @property
    def uploads(self) -> "FailingArchive":
        return self

    def find(self, request_id: str, kind: SourceKind) -> Accepted | None:
        return self.inner.uploads.find(request_id, kind)

    def get(self, document_id: DocumentId) -> Document:
        return self.inner.documents.get(document_id)

    def put(self, staged: Path, sha256: str, suffix: str) -> Path:
        self._fail("before put")
        stored = self.inner.originals.put(staged, sha256, suffix)
        self._fail("after put")
        return stored

    def accept(self, new: NewDocument, source: SourceKey, now: datetime) -> Accepted:
        self._fail("before accept")
        accepted = self.inner.documents.accept(new, source, now)
        self._fail("after accept")
        return accepted

    def _fail(self, point: str) -> None:
        with self._lock:
            if point == self.at:
                self.at = ""
                raise self.error


class CountingPipeline:
    """Counts how often it was woken."""

    def __init__(self) -> None:
        self.wakes = 0

    async def wake(self) -> None:
        self.wakes += 1


def fixed_now() -> datetime:
    """Tell the time of every test."""
    return datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
