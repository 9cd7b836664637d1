"""The nouns of the audit: who did what, from what to what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from actors.store.nouns.identity import TokenId, UserId

AuditId = NewType("AuditId", int)
# Stands for a value that is there and told to nobody.
UNTOLD = "…"


class AuthorKind(StrEnum):
    """How somebody came in. LOCAL is this machine's own command line; ARCHIVE is the clock; UNKNOWN has proven nothing."""

    USER = "user"
    LOCAL = "local"
    SHARE_LINK = "share_link"
    UPLOAD_LINK = "upload_link"
    ARCHIVE = "archive"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts, by names as they were then: users and tokens may go, and what they did stays. A link is named in `token_name`."""

    kind: AuthorKind
    name: str
    user: UserId | None = None
    token: TokenId | None = None
    token_name: str = ""
    address: str = ""


# What the clock does for ever.
THE_ARCHIVE = Author(AuthorKind.ARCHIVE, "")


class Act(StrEnum):
    """What was done."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    RESTORED = "restored"
    PURGED = "purged"
    ORDERED = "ordered"
    READ = "read"
    EXPORTED = "exported"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"


class AuditNoun(StrEnum):
    """What it was done to. DELETED is the trash for a document, and for ever for all else."""

    DOCUMENT = "document"
    LABEL = "label"
    FIELD = "field"
    VIEW = "view"
    WORKFLOW = "workflow"
    USER = "user"
    GROUP = "group"
    TOKEN = "token"  # noqa: S105  # no password
    SHARE_LINK = "share_link"
    UPLOAD_LINK = "upload_link"
    MAIL_ACCOUNT = "mail_account"
    MAIL_RULE = "mail_rule"
    JOB = "job"
    ARCHIVE = "archive"
    AUDIT = "audit"
    NOTIFICATION = "notification"
    NODE = "node"


@dataclass(frozen=True, slots=True)
class Change:
    """What became another, as people read it; '' is no value, UNTOLD one that is not told.

    `labels` and `documents` are those that the values name: who may not see all of them is not told of the change.
    """

    field: str
    before: str = ""
    after: str = ""
    labels: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on one thing; `name` is what it was called then."""

    act: Act
    noun: AuditNoun
    subject: int | None = None
    name: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A deed as it is kept."""

    id: AuditId
    time: datetime
    author: Author
    deed: Deed


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted: those that are all of what is said here. `since` is within, `until` is not."""

    user: UserId | None = None
    act: Act | None = None
    noun: AuditNoun | None = None
    subject: int | None = None
    since: datetime | None = None
    until: datetime | None = None
