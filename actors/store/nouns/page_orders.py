"""The nouns of page orders: which pages of which documents become a version or documents of their own."""

from dataclasses import dataclass
from enum import StrEnum

from actors.store.nouns.archive import DocumentId, JobId


class Outcome(StrEnum):
    """What is made: a version of the subject, or a document of each part."""

    VERSION = "version"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class TurnedPage:
    """A page, counted from 1, and by how many degrees it is turned clockwise: 0, 90, 180 or 270."""

    number: int
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages of one version of a document, in the order in which they are wanted."""

    document_id: DocumentId
    version: int
    pages: tuple[TurnedPage, ...]


Part = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PageOrder:
    """What is to be made. `subject` gets the version, or is whose labels and fields the documents take over.

    `label` is that of the version. With `discard` all documents but the subject of a version go to the trash once it is done.
    """

    outcome: Outcome
    subject: DocumentId
    parts: tuple[Part, ...]
    label: str = ""
    discard: bool = False

    @property
    def sources(self) -> dict[DocumentId, int]:
        """Give the documents whose pages are taken, each with its version."""
        return {piece.document_id: piece.version for part in self.parts for piece in part}


@dataclass(frozen=True, slots=True)
class PageResult:
    """What came of an order so far: the documents that were made or got a version, and the jobs that read them."""

    job_id: JobId
    order: PageOrder
    documents: tuple[DocumentId, ...]
    reading: tuple[JobId, ...]
