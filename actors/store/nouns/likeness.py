"""What is known of documents that are one paper, scanned or saved twice."""

from dataclasses import dataclass, field

from actors.store.nouns.archive import Document, DocumentId


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a text is found by (actors/similarity). Two versions are never compared; one without bands is of a text that says little."""

    version: int
    signature: bytes = field(default=b"", repr=False)
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A document that is the same paper as another. `likeness` is the share of the text that both have, 0 to 1."""

    document_id: DocumentId
    likeness: float


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of comparing a document with the archive: whom it was compared with, and which of them are the same paper."""

    fingerprint: Fingerprint
    candidates: frozenset[DocumentId] = frozenset()
    near: tuple[NearDuplicate, ...] = ()


@dataclass(frozen=True, slots=True)
class Likely:
    """A document that was found by its bands, to be compared."""

    document_id: DocumentId
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SamePaper:
    """A near-duplicate with its document."""

    document: Document
    likeness: float


@dataclass(frozen=True, slots=True)
class SamePapers:
    """Documents that are one paper, the oldest first. `likeness` is the least by which one of them was found."""

    documents: tuple[Document, ...]
    likeness: float
