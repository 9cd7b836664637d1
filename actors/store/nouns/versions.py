"""The nouns of versions: the files that a document has had since it came in."""

from dataclasses import dataclass
from datetime import datetime

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Giver

FIRST = 1


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file whose bytes are stored as an original, for good."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What is said of a new version. `words` name who made it, where that is not a person: the workflow's name."""

    mime_type: str
    filename: str
    page_count: int
    label: str
    giver: Giver = Giver.USER
    words: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One file of a document. Number 1 is what came in; the one with the highest number is `present`: it is read, shown and found."""

    document_id: DocumentId
    number: int
    present: bool
    file: StoredFile
    facts: VersionFacts
    create_time: datetime
