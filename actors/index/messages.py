"""What is asked of search, and what it answers. Small, frozen, picklable."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from actors.index.query import Node
from actors.index.sight import Sight
from actors.store.nouns.archive import DocumentId


class OrderField(StrEnum):
    """What finds are sorted by. Relevance is always the best first."""

    RELEVANCE = "relevance"
    ADDED = "added"
    CREATED = "created"
    TITLE = "title"
    ASN = "asn"
    PAGES = "pages"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Order:
    """A sorting; documents alike are sorted by id in the same direction, and those without a serial number come last."""

    field: OrderField = OrderField.RELEVANCE
    descending: bool = True


class FacetField(StrEnum):
    """What finds are counted by."""

    TAG = "tag"
    CORRESPONDENT = "correspondent"
    TYPE = "type"
    LANGUAGE = "language"
    MIME = "mime"
    CREATED_YEAR = "created_year"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question. `query` is text or its tree; `now` is aware: its zone says when a day begins.

    `after` is a former answer's `next_after`. `loosen` asks a query that fills no page again, less strictly: for people, not for filters.
    `skip` passes over so many finds from there. `sight` is what may be found at all.
    """

    query: str | Node
    now: datetime
    limit: int = 20
    after: str = ""
    order: Order = Order()
    facets: tuple[FacetField, ...] = ()
    highlight: bool = True
    loosen: bool = False
    sight: Sight = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Highlight:
    """A piece of text around finds. `page` counts from 1, 0 is the title; ranges are code points of `text`, the end excluded."""

    page: int
    text: str
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One find. `score` is 0 where the order is not by relevance."""

    document_id: DocumentId
    score: float
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many finds have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The finds of one page, and of how many. `next_after` is '' on the last page."""

    hits: tuple[Hit, ...]
    total: int
    next_after: str = ""
    facets: tuple[tuple[FacetField, tuple[FacetCount, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may stand in the place of the word before the cursor. `count` is the number of documents; 0 for a field's name."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class SuggestAnswer:
    """Suggestions, the best first; `start` is where the word that they replace begins, in code points."""

    suggestions: tuple[Suggestion, ...]
    start: int
