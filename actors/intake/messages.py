"""What is said to the intake, and what it answers. Small, frozen, picklable."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from actors.store.nouns.archive import NOTHING_GIVEN, DocumentChanges, DocumentId, JobId, SourceKind
from actors.store.nouns.audit import Author
from actors.store.nouns.identity import UserId


class RefusedReason(StrEnum):
    """Why a dropped file is left where it is."""

    NOT_A_FILE = "not_a_file"
    OUTSIDE = "outside"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NO_SPACE = "no_space"
    STORAGE_FAILED = "storage_failed"

    @property
    def concerns_every_file(self) -> bool:
        """Tell whether the next file would be refused for the same reason."""
        return self in (RefusedReason.NO_SPACE, RefusedReason.STORAGE_FAILED)


@dataclass(frozen=True, slots=True)
class AcceptFile:
    """Asks to take in a dropped file with the facts that it settled on.

    `path` lies below `folder`, which alone may be reached through symbolic links. `tags` are folder names as the disk spells them.
    One that is `one_sided` holds fronts or backs of sheets, whose other side comes into the same folder.
    """

    path: Path
    folder: Path
    size: int
    mtime_ns: int
    inode: int
    tags: tuple[str, ...] = ()
    one_sided: bool = False


@dataclass(frozen=True, slots=True)
class FileAccepted:
    """The file is safe in the archive. `source_removed` False: it still lies in the folder, by wish or because it could not be removed."""

    document_id: DocumentId
    job_id: JobId | None
    duplicate: bool
    sha256: str
    source_removed: bool


@dataclass(frozen=True, slots=True)
class NotSettled:
    """The file changed, moved or is being written; nothing was done, look again later."""

    explanation: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The file is left where it is. `explanation` is for a person."""

    reason: RefusedReason
    explanation: str


FileAnswer = FileAccepted | NotSettled | Refused


@dataclass(frozen=True, slots=True)
class AcceptUpload:
    """Asks to take in a file that arrived whole at `staged`. `sha256` '' is not checked; without a title it gets one from its name.

    Its document belongs to `owner`, None for nobody; `by` tells in words how it came, and the audit that `author` has sent it. `kind`
    is the door; each has request ids of its own.
    """

    staged: Path
    request_id: str
    filename: str
    given: DocumentChanges = NOTHING_GIVEN
    sha256: str = ""
    owner: UserId | None = None
    author: Author | None = None
    by: str = ""
    kind: SourceKind = SourceKind.UPLOAD


@dataclass(frozen=True, slots=True)
class UploadAccepted:
    """The upload is safe in the archive; the same request id is answered the same way ever after."""

    document_id: DocumentId
    job_id: JobId | None
    duplicate: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that waits in a folder for a person; `name` is safe to show."""

    name: str
    reason: RefusedReason
    explanation: str
    time: datetime


@dataclass(frozen=True, slots=True)
class IntakeState:
    """What the intake did since it started. `stopped` says why it accepts nothing any more, '' while it does.

    `storage_failures` counts what disk and database have refused.
    """

    accepted: int
    duplicates: int
    accepted_bytes: int
    in_hand: int
    refused: tuple[RefusedFile, ...]
    stopped: str
    storage_failures: int = 0
