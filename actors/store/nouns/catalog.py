"""The nouns of the catalogue: labels that documents are filed under, fields that they bear, notes, saved views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from actors.store.nouns.identity import UserId

LabelId = NewType("LabelId", int)
FieldId = NewType("FieldId", int)
NoteId = NewType("NoteId", int)
ViewId = NewType("ViewId", int)

MOST_LEVELS = 8


class LabelKind(StrEnum):
    """What a label says of a document. A document has one of each, but any number of tags."""

    CORRESPONDENT = "correspondent"
    DOCUMENT_TYPE = "document_type"
    TAG = "tag"
    STORAGE_PATH = "storage_path"


class Matching(StrEnum):
    """How a label finds its documents by itself."""

    NONE = "none"
    ANY = "any"
    ALL = "all"
    EXACT = "exact"
    REGEX = "regex"
    FUZZY = "fuzzy"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class MatchRule:
    """When a label is given by itself. `pattern` is words, a phrase or a regular expression; AUTO learns instead."""

    matching: Matching = Matching.AUTO
    pattern: str = ""
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """All of a label that a person may change. `colour` (#rrggbb), `inbox` and `parent` are for tags, `template` for storage paths."""

    name: str
    rule: MatchRule = MatchRule()
    colour: str = ""
    inbox: bool = False
    parent: LabelId | None = None
    template: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A name that documents are filed under, unique among those of its kind that one person sees when it is given."""

    id: LabelId
    kind: LabelKind
    revision: int
    facts: LabelFacts
    owner: UserId | None = None
    everyones: bool = True

    @property
    def name(self) -> str:
        """Give the name."""
        return self.facts.name


@dataclass(frozen=True, slots=True)
class NamedLabel:
    """A label as a document tells it."""

    id: LabelId
    name: str


class FieldKind(StrEnum):
    """What the values of a custom field are. It never changes once the field is there."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    URL = "url"
    EMAIL = "email"
    DATE = "date"
    DATE_TIME = "date_time"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    CHOICES = "choices"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount; `currency` is ISO 4217, or empty."""

    amount: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """All of a custom field that a person may change. `options` are for choices: an id that stays, and a name that may change.

    `currency` is what amounts are in that name none. `extraction` fills the field from the text: a regular expression, or a template.
    `reminder_days` are how near a date is, before and after it, while people are reminded of it; 0 for never.
    """

    name: str
    options: Mapping[int, str] | None = None
    currency: str = ""
    extraction: str = ""
    reminder_days: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A custom field, unique by its name."""

    id: FieldId
    kind: FieldKind
    revision: int
    facts: FieldFacts


# A choice is an option's id, choices are several; documents are their ids. All other kinds are what they say.
FieldValue = str | bool | int | float | date | datetime | Money | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A document's value of a custom field."""

    field: Field
    value: FieldValue


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote on a document."""

    id: NoteId
    author: str
    text: str
    create_time: datetime
    update_time: datetime


@dataclass(frozen=True, slots=True)
class ViewFacts:
    """All of a saved view: a query of the search box, and how its finds are shown. A `position` is among its fellows, from 0."""

    name: str
    query: str = ""
    order_by: str = ""
    page_size: int = 0
    display: str = ""
    columns: tuple[str, ...] = ()
    dashboard: bool = False
    sidebar: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """A saved view."""

    id: ViewId
    revision: int
    facts: ViewFacts
    owner: UserId | None = None
