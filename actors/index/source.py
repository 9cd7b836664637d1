"""What the index takes from the store: the port, and a document as the index wants it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from actors.store.nouns.access import NOBODYS, AccessId
from actors.store.nouns.archive import DocumentId, DocumentState, DocumentWarning
from actors.store.nouns.catalog import FieldId, FieldKind, FieldValue, LabelId


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """All that search knows of one document. `pages` are their texts in order; times are aware; labels and fields are ids."""

    id: DocumentId
    revision: int
    title: str
    pages: tuple[str, ...]
    added: datetime
    updated: datetime
    filename: str = ""
    mime: str = ""
    language: str = ""
    state: DocumentState = DocumentState.READY
    page_count: int = 0
    created: date | None = None
    asn: int | None = None
    correspondent: LabelId | None = None
    type: LabelId | None = None
    path: LabelId | None = None
    tags: tuple[LabelId, ...] = ()
    notes: tuple[str, ...] = ()
    custom: tuple[tuple[FieldId, FieldKind, FieldValue], ...] = ()
    access: AccessId = NOBODYS
    size_bytes: int = 0
    warnings: tuple[DocumentWarning, ...] = ()


class IndexSource(Protocol):
    """Where documents come from. Called from worker threads, never from the event loop; a rebuild and an apply may call at once."""

    def pending(self, limit: int) -> Sequence[tuple[DocumentId, int]]:
        """List up to `limit` changes that the index has not seen, oldest first, each with its revision."""

    def done(self, handled: Sequence[tuple[DocumentId, int]]) -> None:
        """Forget changes that are in the index for good; a change with a newer revision stays."""

    def for_index(self, ids: Collection[DocumentId]) -> Mapping[DocumentId, IndexDocument]:
        """Read documents; those that are deleted or in the trash are left out."""

    def ids(self, after: DocumentId, limit: int) -> Sequence[DocumentId]:
        """List up to `limit` ids above `after`, ascending, without those in the trash."""

    def count(self) -> int:
        """Count the documents that are not in the trash."""
