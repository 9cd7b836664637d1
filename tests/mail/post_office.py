"""A mailbox on a real server, an archive with its intake's door, and a clock that a test moves."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from actors.egress.rules import Rules
from actors.failpoints import pass_by
from actors.intake.filing import Filing as IntakeFiling
from actors.intake.intake import free_bytes
from actors.intake.messages import AcceptUpload, UploadAccepted
from actors.intake.mime import ContentDetector
from actors.intake.settings import IntakeSettings
from actors.intake.upload_door import UploadDoor
from actors.mail.imap import ImapMailbox
from actors.mail.settings import MailboxSettings
from actors.mail.signing_in import sign_in
from actors.mail.visiting import Desk, Visit
from actors.store.nouns.archive import Document
from actors.store.nouns.mail import Mail, MailAccount, MailFilters, MailRule, MailState, RuleFacts
from actors.store.nouns.sealed import Sealed
from actors.store.store import Store
from tests.dovecot import PASSWORD, Mailbox
from tests.store.making import START

SETTINGS = MailboxSettings(Rules(internal=True), seconds=10)
# Mails of tests are of no age in particular.
ANY_AGE = MailFilters(most_days=0)


@dataclass
class PostOffice:
    """Where mail of one mailbox is worked on."""

    store: Store
    mailbox: Mailbox
    settings: MailboxSettings = SETTINGS
    intake: IntakeSettings = field(default_factory=lambda: IntakeSettings(min_free_bytes=0))
    now: datetime = START
    account: MailAccount = field(init=False)

    def __post_init__(self) -> None:
        known = (account for account in self.store.mail_accounts.list() if account.facts == self.mailbox.facts)
        self.account = next(known, None) or self.store.mail_accounts.create(None, self.mailbox.facts, Sealed(PASSWORD))

    def rule(self, name: str = "bills", **facts: object) -> MailRule:
        """Make a rule that takes all attachments of INBOX, and nothing is done then, or as a test says."""
        return self.store.mail_rules.create(replace(RuleFacts(name, self.account.id, filters=ANY_AGE), **facts))  # type: ignore[arg-type]

    def accept(self, order: AcceptUpload) -> UploadAccepted:
        """Take a file in as the intake does."""
        filing = IntakeFiling(
            self.store, self.store.data.incoming, self.intake.min_free_bytes, ContentDetector(), lambda: self.now, free_bytes, pass_by
        )
        return UploadDoor(filing, self.store, self.intake).take(order)[0]

    @property
    def desk(self) -> Desk:
        return Desk(self.store, self.accept, lambda: self.now, self.settings.gnupg_home)

    @contextmanager
    def signed_in(self) -> Iterator[ImapMailbox]:
        """Go into the mailbox."""
        with closing(sign_in(self.account.facts, PASSWORD, self.settings)) as box:
            yield box

    def visit(self, folder: str = "INBOX") -> None:
        """Look through a folder once."""
        with self.signed_in() as box:
            Visit(self.desk, box, self.account, folder).make()

    def later(self, time: timedelta) -> None:
        """Let time pass."""
        self.now += time

    @property
    def documents(self) -> Sequence[Document]:
        """List what came into the archive, in its order."""
        return [self.store.documents.get(one) for one in self.store.documents.ids(0, 1000)]  # type: ignore[arg-type]

    @property
    def titles(self) -> list[str]:
        return [document.title for document in self.documents]

    @property
    def mails(self) -> list[Mail]:
        """List what is known of mails, in the order in which it became known."""
        return list(reversed(self.store.mails.list(None, 1000)))

    @property
    def states(self) -> list[MailState]:
        return [mail.state for mail in self.mails]
