"""Tokens for mailboxes, renewed when they run out, and kept sealed in place of the last."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from actors.grants.errors import GrantMissing
from actors.grants.flow import GrantFlow
from actors.grants.grant import read_grant, write_grant
from actors.store.nouns.mail import AccountId, MailAccount, Proof
from actors.store.nouns.sealed import Sealed


class Accounts(Protocol):
    """Where the secrets of mailboxes are kept."""

    def renew_secret(self, account_id: AccountId, secret: Sealed, expected_revision: int) -> bool:
        """Keep a secret in place of the last; False where the account has been changed meanwhile."""


class Seals(Protocol):
    """Whoever seals secrets."""

    def seal(self, secret: str) -> Sealed:
        """Seal a secret."""

    def unseal(self, sealed: Sealed) -> str:
        """Give a secret; raises CannotUnseal."""


class Grants:
    """Gives the secret that an account shows. Blocks, so it is for threads; each account is asked for by one at a time."""

    def __init__(self, flows: Mapping[Proof, GrantFlow], accounts: Accounts, seals: Seals, now: Callable[[], datetime]) -> None:
        """Take the flows of those providers that the settings know."""
        self._flows, self._accounts, self._seals, self._now = flows, accounts, seals, now

    def secret(self, account: MailAccount) -> str:
        """Give an account's password or token. Raises GrantMissing, GrantGone, CannotUnseal, ProviderUnreachable, ProviderWrong."""
        kept = self._seals.unseal(account.secret) if account.secret else ""
        flow = self._flows.get(account.facts.proof)
        if flow is None:
            if account.facts.proof.by_provider:
                raise GrantMissing("the settings name no client for its provider any more: see docs/operate.md, “Mail”")
            return kept
        grant = read_grant(kept)
        if grant is None:
            raise GrantMissing("nobody has signed in to it yet: open it in the settings of mail, and sign in there")
        now = self._now()
        if grant.is_good(now):
            return grant.access_token
        renewed = flow.renewed(grant, now)
        # Where the account has changed meanwhile, the token is good for this once; the next time asks anew.
        self._accounts.renew_secret(account.id, self._seals.seal(write_grant(renewed)), account.revision)
        return renewed.access_token
