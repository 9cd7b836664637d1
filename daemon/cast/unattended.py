"""Mailboxes that nobody looks at."""

# ruff: noqa: ARG002  # the signatures are the port's
from collections.abc import Sequence

from actors.mail.errors import MailboxAway
from actors.mail.messages import Reached, TriedMail
from actors.store.nouns.mail import AccountId, RuleFacts, RuleId

_NOBODY = "nobody looks at mailboxes here"


class Unattended:
    """Keeps quiet, and says so to whoever asks."""

    async def heed(self) -> None:
        """Do nothing."""

    async def fetch(self, accounts: Sequence[AccountId]) -> None:
        """Do nothing."""

    async def test(self, account: AccountId) -> Reached:
        """Raise MailboxAway."""
        raise MailboxAway(_NOBODY)

    async def try_rule(self, rule: RuleFacts, rule_id: RuleId | None, mails: int) -> Sequence[TriedMail]:
        """Raise MailboxAway."""
        raise MailboxAway(_NOBODY)
