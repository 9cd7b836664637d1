"""From a staged copy to a document: the part of the accept order (RELIABILITY R1) that every door shares."""

import errno
import mimetypes
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from actors.disk_errors import FULL
from actors.failpoints import Checkpoint, Point, around
from actors.intake.errors import NoSpace, NoSpaceForFile, StorageFailed
from actors.intake.ports import Archive, Detector, FreeBytes, Now
from actors.intake.staging import Staged
from actors.ocr.mime_types import OFFICE_SUFFIXES, OUTLOOK
from actors.store.errors import StoreFailed, StoreUnavailable
from actors.store.files.health import SOUND
from actors.store.nouns.archive import NOTHING_GIVEN, Accepted, DocumentChanges, NewDocument, ScanSide, SourceKey
from actors.store.nouns.audit import Author
from actors.store.nouns.identity import UserId

# mimetypes knows those that the system's tables have.
_OFFICE = {**OFFICE_SUFFIXES, OUTLOOK: ".msg"}


@dataclass(frozen=True, slots=True)
class Description:
    """What a delivery says about its file, ready to be shown."""

    filename: str
    title: str
    given: DocumentChanges = NOTHING_GIVEN
    side: ScanSide | None = None
    owner: UserId | None = None
    author: Author | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """What was answered for a file, and where its original lies."""

    accepted: Accepted
    original: Path


class Filing:
    """Makes staged files documents, while `health` lets it.

    After an error of the disk nothing is filed any more until a restart: what it says then is not true. `failures` counts what went wrong.
    """

    def __init__(
        self,
        archive: Archive,
        spool: Path,
        min_free_bytes: int,
        detector: Detector,
        now: Now,
        free_bytes: FreeBytes,
        checkpoint: Checkpoint,
    ) -> None:
        """Take the parts; `spool` lies on the disk whose free bytes count."""
        self._archive = archive
        self._spool = spool
        self._min_free_bytes = min_free_bytes
        self._detector = detector
        self._now = now
        self._free_bytes = free_bytes
        self._checkpoint = checkpoint
        self.health = SOUND
        self.stopped = ""
        self.failures = 0

    def around(self, point: Point) -> AbstractContextManager[None]:
        """Do a step of the accept order between the two places where a test may cut it."""
        return around(self._checkpoint, point)

    def make_room(self, size: int) -> None:
        """Raise NoSpace unless `size` bytes may be written, StorageFailed when the disk has failed before."""
        if self.stopped:
            raise StorageFailed(self.stopped)
        if not self.health.accepting:
            raise NoSpace(self.health.problem) if self.health.writable else StorageFailed(self.health.problem)
        with self.storage_errors():
            free = self._free_bytes(self._spool)
        if free - size < self._min_free_bytes:
            kind = NoSpace if free < self._min_free_bytes else NoSpaceForFile
            raise kind(
                f"the disk of the archive is nearly full: {free // 10**6} MB are free, the file needs {size // 10**6} MB "
                f"and {self._min_free_bytes // 10**6} MB are to stay free"
            )

    def file(self, staged: Staged, description: Description, source: SourceKey) -> Filed:
        """Store the original for good, then write its document, job and source key.

        OriginalMissing: a document with the same bytes was purged in between, and the original with it; the same delivery again helps.
        UserNotFound: who was to own it is gone.
        """
        mime_type = self._detector.detect(staged.head, description.filename)
        with self.storage_errors(), self.around(Point.STORED):
            original = self._archive.originals.put(staged.path, staged.sha256, suffix_of(mime_type))
        new = NewDocument(
            sha256=staged.sha256,
            size_bytes=staged.size,
            mime_type=mime_type,
            original_filename=description.filename,
            title=description.title,
            given=description.given,
            side=description.side,
            owner=description.owner,
            author=description.author,
            by=description.by,
        )
        try:
            with self.around(Point.COMMITTED):
                return Filed(self._archive.documents.accept(new, source, self._now()), original)
        except StoreUnavailable as error:
            self.failures += 1
            if isinstance(error, StoreFailed):
                self.stopped = str(error)
            raise StorageFailed(str(error)) from error

    @contextmanager
    def storage_errors(self) -> Iterator[None]:
        """Say what an error of the archive's own disk means for the one who waits."""
        try:
            yield
        except OSError as error:
            self.failures += 1
            if error.errno in FULL:
                raise NoSpace(f"the disk of the archive is full: {error.strerror}") from error
            message = f"the disk of the archive failed: {error.strerror}"
            if error.errno == errno.EIO:
                # After a failed fsync the kernel may call the same pages clean: asking again would answer "safe" for lost bytes.
                self.stopped = f"{message}; nothing is accepted until Scriba is started again on a sound disk"
            raise StorageFailed(self.stopped or message) from error


def suffix_of(mime_type: str) -> str:
    """Give the suffix of an original: by its content alone, so that the same bytes have one place whatever they were called."""
    if mime_type.startswith("text/") and mime_type not in ("text/html", "text/xml", "text/rtf"):
        return ".txt"  # Markdown and CSV are told from plain text by their names
    return _OFFICE.get(mime_type) or mimetypes.guess_extension(mime_type) or ".bin"
