"""What goes in and what comes out of understanding a document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from actors.classifier.lessons import Suggestions
from actors.invoices.facts import Invoice
from actors.ocr.messages import LetterFacts
from actors.store.nouns.archive import DocumentWarning
from actors.store.nouns.assignments import Proposal
from actors.store.nouns.catalog import Field, FieldId, FieldKind, Label


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a document that has been read. `pages` are texts, `barcodes` payloads, page 1 first; `language` is ISO 639-1.

    `letter` is what the mail says that it is. `file_date` is the day of a dropped file, `mail_date` that of the mail by which it came: the
    least that can be said of a document's own.
    """

    title: str
    filename: str
    language: str
    pages: Sequence[str]
    barcodes: Sequence[Sequence[str]]
    added: datetime
    invoice: Invoice | None = None
    letter: LetterFacts | None = None
    file_date: date | None = None
    mail_date: date | None = None

    @property
    def text(self) -> str:
        """Give the whole text."""
        return "\n".join(self.pages)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a document should be given, the surest first, and what a person should know."""

    proposals: tuple[Proposal, ...]
    warnings: tuple[DocumentWarning, ...] = ()


class Learned(Protocol):
    """What was learned from other documents."""

    def suggest(self, text: str) -> Suggestions:
        """Propose labels of each kind for a text (`lesson_text`), likeliest first; none where nothing was learned."""


class Catalogue(Protocol):
    """Labels and fields as they are now. Asked in worker threads."""

    def stamp(self) -> int:
        """Tell one state from another."""

    def labels(self) -> Sequence[Label]:
        """Give all labels."""

    def fields(self) -> Sequence[Field]:
        """Give all custom fields."""

    def ensure_fields(self, wanted: dict[str, FieldKind]) -> dict[str, FieldId]:
        """Find fields by name and kind, and make those of which there is none; a name that another kind bears is left out."""


Today = Callable[[], date]
