"""The nouns of mail: mailboxes, what is taken out of them, and what became of each mail."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import UserId
from actors.store.nouns.sealed import Sealed

AccountId = NewType("AccountId", int)
RuleId = NewType("RuleId", int)
MailId = NewType("MailId", int)

# Of a mail, in days: what is older is no mail that somebody waits for.
USUAL_AGE_DAYS = 30


class Security(StrEnum):
    """How the connection is kept from being read. NONE is for servers on this machine alone."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Proof(StrEnum):
    """How an account shows who it is: a password, a token as XOAUTH2 wants it, or one that a provider renews."""

    PASSWORD = "password"  # noqa: S105  # a word, not one
    TOKEN = "token"  # noqa: S105  # likewise
    GOOGLE = "google"
    MICROSOFT = "microsoft"

    @property
    def by_provider(self) -> bool:
        """Tell whether it is had by signing in at a provider, and not given."""
        return self in (Proof.GOOGLE, Proof.MICROSOFT)


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """A mailbox, as its owner describes it."""

    name: str
    host: str
    port: int
    user: str
    security: Security = Security.TLS
    proof: Proof = Proof.PASSWORD
    enabled: bool = True


def mailbox_of(host: str, user: str) -> str:
    """Name a mailbox by where it is and whose; capitals say nothing in either."""
    return f"{user.casefold()} at {host.casefold()}"


@dataclass(frozen=True, slots=True)
class MailAccount:
    """A mailbox; one of this machine's own has no owner. `secret` is sealed; `error` says why it was last not reached, '' since it was."""

    id: AccountId
    revision: int
    owner: UserId | None
    facts: AccountFacts
    secret: Sealed
    error: str = ""
    error_time: datetime | None = None
    seen_time: datetime | None = None


class Scope(StrEnum):
    """What of a mail becomes a document."""

    ATTACHMENTS = "attachments"
    MAIL = "mail"
    BOTH = "both"


class TitleFrom(StrEnum):
    """Where the title of an attachment comes from; with NONE the document gets one as a dropped file does."""

    SUBJECT = "subject"
    FILENAME = "filename"
    NONE = "none"


class CorrespondentFrom(StrEnum):
    """Who is taken for the correspondent. NAME is the sender's, and his address where he gives none."""

    NONE = "none"
    NAME = "name"
    ADDRESS = "address"
    FIXED = "fixed"


class MailAction(StrEnum):
    """What is done to a mail when all that was wanted of it is safe. `parameter` names the folder of MOVE and the keyword of TAG."""

    NOTHING = "nothing"
    MARK_READ = "mark_read"
    FLAG = "flag"
    TAG = "tag"
    MOVE = "move"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class MailFilters:
    """Which mails are meant: each that is set must be met. Texts are parts, capitals aside; globs are of attachments' names, any of them.

    `most_days` is the age of the oldest mail, 0 for any.
    """

    sender: str = ""
    recipient: str = ""
    subject: str = ""
    body: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    most_days: int = USUAL_AGE_DAYS


@dataclass(frozen=True, slots=True)
class Filing:
    """What documents of a rule are given. `correspondent` counts with FIXED alone; without an owner they are everyone's."""

    title_from: TitleFrom = TitleFrom.SUBJECT
    correspondent_from: CorrespondentFrom = CorrespondentFrom.NONE
    correspondent: LabelId | None = None
    tags: tuple[LabelId, ...] = ()
    document_type: LabelId | None = None
    storage_path: LabelId | None = None
    owner: UserId | None = None

    @property
    def labels(self) -> tuple[LabelId, ...]:
        """Name all labels that it gives."""
        singles = (self.correspondent, self.document_type, self.storage_path)
        return (*self.tags, *(one for one in singles if one is not None))


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What is taken out of one folder of a mailbox, and what is done to the mail then. `last` keeps a mail from later rules."""

    name: str
    account: AccountId
    folder: str = "INBOX"
    filters: MailFilters = MailFilters()
    scope: Scope = Scope.ATTACHMENTS
    inline_images: bool = False
    filing: Filing = Filing()
    action: MailAction = MailAction.MARK_READ
    parameter: str = ""
    last: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class MailRule:
    """A rule. Those of a folder are asked in the order of `position`."""

    id: RuleId
    revision: int
    position: int
    facts: RuleFacts


@dataclass(frozen=True, slots=True)
class MailKey:
    """Which mail: a server gives a UID once, as long as the folder's UIDVALIDITY is the same."""

    account: AccountId
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class MailHead:
    """By what people know a mail. `message_id` tells it again where a server counts anew."""

    message_id: str
    sender: str
    subject: str
    sent_time: datetime | None


class MailState(StrEnum):
    """How far a mail is. TAKEN: all that was wanted of it is safe, its action still to be done. WAITING: somebody wants it anew."""

    FAILED = "failed"
    TAKEN = "taken"
    DONE = "done"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Mail:
    """What became of a mail that a rule meant; there is one for each rule that did, which may be gone since.

    `tries` counts those that failed. Without a `next_time` it is not tried again by itself.
    """

    id: MailId
    key: MailKey
    rule: RuleId | None
    head: MailHead
    state: MailState
    update_time: datetime
    documents: tuple[DocumentId, ...] = ()
    error: str = ""
    tries: int = 0
    next_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a folder was looked through: up to `uid`, as long as its UIDVALIDITY and the digest of its rules are the same."""

    uidvalidity: int
    digest: str
    uid: int
