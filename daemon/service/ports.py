"""What the servicers need of the rest of Scriba. The store and the searcher are libraries and come as they are."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from actors.checkup.messages import CheckOrder, Report
from actors.errands.mailing import Attachment
from actors.index.messages import Hit, SearchAnswer, SearchRequest, SuggestAnswer
from actors.index.sight import Sight
from actors.intake.messages import AcceptUpload, UploadAccepted
from actors.mail.messages import Reached, TriedMail
from actors.ocr.messages import RenderPage, UnlockDocument
from actors.sandbox.level import SandboxLevel
from actors.sealing.seals import Seals
from actors.store.files.discarded import Discarded
from actors.store.files.health import SOUND, StoreHealth
from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.assignments import Assignment
from actors.store.nouns.catalog import Field
from actors.store.nouns.mail import AccountId, Proof, RuleFacts, RuleId
from actors.store.nouns.notifications import Notification
from actors.store.nouns.workflows import SendEmail, TriggerKind, Workflow
from actors.store.store import Store
from actors.understanding.facts import Facts, Understood
from actors.understanding.going_over import GoOver
from actors.understanding.suggesting import Suggested
from actors.workflow.plan import Plan
from daemon.service.callers import author, caller
from daemon.service.opened import OpenedCluster


@dataclass(frozen=True, slots=True)
class Reading:
    """A page that a machine reads, or is sent to be read next."""

    document_id: DocumentId
    page: int
    since: datetime


class NodeState(StrEnum):
    """What a machine does: WORKING, RESTING (sent no more pages), AWAY (joined, and not there now)."""

    WORKING = "working"
    RESTING = "resting"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Node:
    """A machine of the cluster. `pages_lately` are those read in the last minute, in ten, and in an hour.

    `sandbox` is None, and `languages` are empty, until a reader there has told them. The head has no times.
    """

    id: str
    hostname: str
    head: bool
    state: NodeState
    cores: int = 0
    memory_bytes: int = 0
    reading: tuple[Reading, ...] = ()
    pages_read: int = 0
    pages_lately: tuple[int, int, int] = (0, 0, 0)
    sandbox: SandboxLevel | None = None
    languages: tuple[str, ...] = ()
    join_time: datetime | None = None
    seen_time: datetime | None = None


class IntakePort(Protocol):
    """The door for uploads."""

    async def accept_upload(self, order: AcceptUpload) -> UploadAccepted:
        """Take in a file that arrived whole; raises IntakeError."""


class PipelinePort(Protocol):
    """Who works on jobs."""

    async def wake(self) -> None:
        """Hear that a job was queued."""

    async def cancel(self, job_id: JobId) -> None:
        """Stop working on a job that was cancelled."""

    async def rehearse(self, documents: Sequence[DocumentId], order: GoOver) -> Sequence[Assignment]:
        """Tell what rules and what was learned would give to some documents; nothing is given."""


class IndexPort(Protocol):
    """The one writer of the index."""

    async def apply(self) -> object:
        """Bring the index up to the database; a search that begins after the answer sees it."""


class Searching(Protocol):
    """The readers of the index. Threads may share one."""

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Find documents; raises QueryError, CursorError or IndexUnavailable."""

    def suggest(self, text: str, cursor: int, limit: int, sight: Sight = None) -> SuggestAnswer:
        """Complete the word before the cursor (code points; 0 is the end)."""

    def similar(self, document_id: DocumentId, limit: int, sight: Sight = None) -> Sequence[Hit]:
        """Find the documents most like one; raises NotIndexed or IndexUnavailable."""


class Understanding(Protocol):
    """What the catalogue and what was learned say of documents. Threads may share one."""

    def suggest(self, facts: Facts) -> Suggested:
        """Suggest labels and days for a document."""

    def extract(self, field: Field, text: str) -> Understood:
        """Tell what the extraction of a field, kept or not, finds in a text."""


class FilerPort(Protocol):
    """Who keeps documents in their folders. Threads may share one."""

    def keep_up(self) -> None:
        """Place what has changed, as far as that is done in a moment; raises StoreUnavailable."""


class BinderPort(Protocol):
    """Who opens documents in a sandbox."""

    async def render(self, order: RenderPage) -> bytes:
        """Draw a page as WebP; raises OcrError."""

    async def unlock(self, order: UnlockDocument) -> object:
        """Write a decrypted copy; raises WrongPassword."""


class Checking(Protocol):
    """Who checks the archive, one order at a time."""

    def reports(self, order: CheckOrder) -> AsyncGenerator[Report, None]:
        """Carry out an order, and tell what it finds; raises CheckRunning. Whoever stops listening breaks it off."""


class Planning(Protocol):
    """Who asks workflows about documents. Threads may share one."""

    def seen_by(self, store: Store) -> "Planning":
        """Give one that knows of an archive as somebody sees it."""

    def plan(self, document_id: DocumentId, kind: TriggerKind | None, workflows: Sequence[Workflow]) -> Plan:
        """Tell what workflows would do to a document, and why; raises DocumentNotFound."""


class Mailboxes(Protocol):
    """Who looks at mailboxes, and takes out of them what rules want."""

    async def heed(self) -> None:
        """Hear that accounts or rules were changed, or that a mail is to be looked at again."""

    async def fetch(self, accounts: Sequence[AccountId]) -> None:
        """Look for mail soon; those that are gone, or switched off, are left alone."""

    async def test(self, account: AccountId) -> Reached:
        """Connect and sign in, and tell what is there. Raises MailboxAway, MailboxRefused."""

    async def try_rule(self, rule: RuleFacts, rule_id: RuleId | None, mails: int) -> Sequence[TriedMail]:
        """Ask a rule, kept by this id or not yet, about the newest mails of its folder; nothing is changed there or here.

        Raises MailboxAway, MailboxRefused, NoFolder.
        """


class Mailer(Protocol):
    """Who sends e-mails. Threads may share one."""

    @property
    def max_bytes(self) -> int:
        """Tell how large all files of an e-mail may be."""

    def send(self, order: SendEmail, attachments: Sequence[Attachment], reply_to: str = "") -> None:
        """Hand an e-mail to the server; raises NotSent, NeverSent."""


class Teller(Protocol):
    """Who tells what people want to be told. Threads may share one."""

    def test(self, notification: Notification) -> None:
        """Send a test now; raises NotSent, NeverSent."""


class Tokens(Protocol):
    """Who remembers whose tokens are."""

    def forget(self) -> None:
        """Ask again about every token: one was revoked, or somebody may do something else by now."""


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What a client should know about this server. `ocr_languages` are the language packs at hand, ISO 639-2.

    `public_url` is the address by which people reach it, '' where nobody has said; `mail_providers` know it.
    """

    version: str
    ocr_languages: tuple[str, ...]
    ocr_engine: str
    max_upload_bytes: int
    api_version: str = "v1"
    public_url: str = ""
    mail_providers: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """All that the servicers work with. `now` is aware; its zone says when a day begins for a query like `added:today`.

    `whole` is the store as machines see it; what is told to a caller comes from `store`, and what is changed for one goes by that or by
    `signed`.

    `health` is what the store allows, as last seen. `seals` seal secrets that callers send. `discarded` keeps originals of documents that
    are removed for ever. `edited` is told when a person has edited documents. `cluster` is None where no other machine may join.
    """

    whole: Store
    seals: Seals
    intake: IntakePort
    pipeline: PipelinePort
    index: IndexPort
    searcher: Searching
    understanding: Understanding
    filer: FilerPort
    binder: BinderPort
    checks: Checking
    planner: Planning
    mailboxes: Mailboxes
    mailer: Mailer
    teller: Teller
    nodes: Callable[[], Awaitable[Sequence[Node]]]
    facts: ServerFacts
    now: Callable[[], datetime]
    health: Callable[[], StoreHealth] = lambda: SOUND
    discarded: Discarded | None = None
    edited: Callable[[], None] = lambda: None
    cluster: OpenedCluster | None = None

    @property
    def store(self) -> Store:
        """Give the archive as whoever makes the call at work may see and change it; the audit tells what he does."""
        return self.signed.seen_by(caller().viewer)

    @property
    def signed(self) -> Store:
        """Give the whole archive, changed in the name of whoever makes the call at work."""
        return self.whole.acting(author(), self.now)

    @property
    def sight(self) -> Sight:
        """Give what whoever makes the call at work may find."""
        return self.whole.permissions.sight(caller().viewer)
