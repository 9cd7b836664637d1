"""The nouns of notifications: what somebody wants to be told, and by which way."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import ViewId
from actors.store.nouns.identity import UserId
from actors.store.nouns.sealed import Sealed

NotificationId = NewType("NotificationId", int)
NoticeId = NewType("NoticeId", int)


class Event(StrEnum):
    """What may happen to a document: it failed, it has warnings, a saved view finds it, or a date in a custom field of it is near."""

    FAILED = "failed"
    ATTENTION = "attention"
    VIEW = "view"
    DUE = "due"


class Way(StrEnum):
    """How somebody is told. EMAIL goes to the owner's own address; all others call a URL."""

    EMAIL = "email"
    JSON = "json"
    NTFY = "ntfy"
    GOTIFY = "gotify"
    MATRIX = "matrix"


@dataclass(frozen=True, slots=True)
class NotificationFacts:
    """All that an owner says of a notification but its secret. VIEW means `views`; DUE dates within `due_days` from today on."""

    name: str
    events: tuple[Event, ...]
    way: Way
    url: str = ""
    views: tuple[ViewId, ...] = ()
    due_days: int = 0
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Notification:
    """A notification as it is kept. Without an owner it is the machine's own command line's, and tells of all documents.

    Jobs were looked at up to the change `seen_change`; `told_time` is when something was sent last, `error` why nothing could be.
    """

    id: NotificationId
    revision: int
    owner: UserId | None
    facts: NotificationFacts
    secret: Sealed
    seen_change: int
    told_time: datetime | None = None
    error: str = ""
    error_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a document. `subject` tells one from another of its kind: a view, or a field with its date; `words` name that."""

    document: DocumentId
    event: Event
    subject: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A happening that is to be told; `attempt` counts those that failed."""

    id: NoticeId
    happening: Happening
    attempt: int
