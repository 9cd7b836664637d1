"""Mailboxes for tests, with their rules and mails."""

from dataclasses import replace

from actors.store.nouns.identity import UserId
from actors.store.nouns.mail import (
    AccountFacts,
    AccountId,
    MailAccount,
    MailHead,
    MailKey,
    MailRule,
    RuleFacts,
)
from actors.store.nouns.sealed import Sealed
from actors.store.store import Store
from tests.store.making import START

FACTS = AccountFacts("Private", "imap.example.org", 993, "anna@example.org")
HEAD = MailHead("<1@example.org>", "shop@example.org", "Your bill", START)


def account(store: Store, owner: UserId | None = None, name: str = "Private") -> MailAccount:
    return store.mail_accounts.create(owner, replace(FACTS, name=name), Sealed("sealed:x"))


def rule(store: Store, of: AccountId, name: str = "Bills") -> MailRule:
    return store.mail_rules.create(RuleFacts(name, of))


def key(of: AccountId, uid: int = 7) -> MailKey:
    return MailKey(of, "INBOX", 2**32 - 1, uid)
