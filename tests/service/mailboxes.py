"""Mailboxes that are what a test says."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from actors.mail.messages import Reached, TriedMail
from actors.store.nouns.mail import AccountId, RuleFacts, RuleId


@dataclass
class FakeMailboxes:
    """Remembers what it was told; answers, or fails, as a test wants it."""

    heeded: int = 0
    fetched: list[AccountId] = field(default_factory=list)
    tested: list[AccountId] = field(default_factory=list)
    tried: list[tuple[RuleFacts, RuleId | None, int]] = field(default_factory=list)
    reached: Reached = field(default_factory=lambda: Reached(("INBOX",)))
    mails: tuple[TriedMail, ...] = ()
    failure: Exception | None = None

    async def heed(self) -> None:
        self.heeded += 1

    async def fetch(self, accounts: Sequence[AccountId]) -> None:
        self.fetched += accounts

    async def test(self, account: AccountId) -> Reached:
        self.tested.append(account)
        if self.failure is not None:
            raise self.failure
        return self.reached

    async def try_rule(self, rule: RuleFacts, rule_id: RuleId | None, mails: int) -> Sequence[TriedMail]:
        self.tried.append((rule, rule_id, mails))
        if self.failure is not None:
            raise self.failure
        return self.mails
