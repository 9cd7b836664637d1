"""The nouns of figures: how an archive has grown, and what in it waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import FieldId, NamedLabel


class Period(StrEnum):
    """How long the steps are in which time is counted. Weeks begin on Mondays."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class CountedBy(StrEnum):
    """Which day of a document counts."""

    ADDED = "added"
    CREATED = "created"


@dataclass(frozen=True, slots=True)
class GrowthAsked:
    """What is to be counted: the periods that begin at `starts`, up to `end`. `types` is how many document types stand by themselves."""

    by: CountedBy
    starts: tuple[date, ...]
    end: date
    zone: tzinfo
    types: int


@dataclass(frozen=True, slots=True)
class Amount:
    """Some documents, and all their pages."""

    documents: int = 0
    pages: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        """Put two amounts together."""
        return Amount(self.documents + other.documents, self.pages + other.pages)


@dataclass(frozen=True, slots=True)
class GrowthSeries:
    """The documents of one type in each period; without a type, those of all `others`, or those that have none."""

    type: NamedLabel | None
    others: bool
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """How many documents came in which period, the types with most documents first; and how many in none of them."""

    series: tuple[GrowthSeries, ...]
    before: Amount
    after: Amount
    undated: Amount


@dataclass(frozen=True, slots=True)
class Due:
    """Documents whose date in a custom field is near: passed, or to come. `documents` are some of them, the earliest first."""

    field: FieldId
    name: str
    first: date
    last: date
    overdue: int
    upcoming: int
    documents: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits for a person, and the queue. `warned` are some of the documents with warnings, the newest first.

    `pages_waiting` are those that are known of; of a document that nobody has looked into yet there are none. `documents_alike` are the
    same paper as an older one.
    """

    documents_in_inbox: int
    documents_failed: int
    documents_with_warnings: int
    warned: tuple[DocumentId, ...]
    jobs_queued: int
    jobs_running: int
    jobs_retrying: int
    jobs_failed: int
    next_retry_time: datetime | None
    pages_waiting: int
    documents_alike: int
    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """How the work on an archive stands, for who runs it.

    `jobs` by state, of those that have not ended well, each state there, also with 0. `index_pending` are documents whose last change the
    search index does not know yet. `mailboxes_failing` of `mailboxes` were not reached when last tried.
    """

    jobs: Mapping[str, int]
    longest_queued: datetime | None
    longest_running: datetime | None
    pages_waiting: int
    documents_in_inbox: int
    index_pending: int
    mailboxes: int
    mailboxes_failing: int
    database_bytes: int
