"""Making and changing mail accounts: read, checked and kept. It asks the database, so it works in threads."""

from actors.store.nouns.mail import AccountFacts, AccountId, MailAccount
from actors.store.nouns.sealed import Sealed
from daemon.service.callers import caller
from daemon.service.cataloguing.checks import refuse
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.mail_accounts import NO_SECRET, account_facts, account_id, account_message, account_violations
from daemon.service.wire.masks import masked, merging, of_paths, paths_of
from daemon.service.wire.values import expected_revision
from scriba.v1 import mail_pb2 as pb

PATHS = ("name", "host", "port", "user", "security", "proof", "secret", "disabled")


class Accounts:
    """Keeps mail accounts as their owners want them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def all(self) -> list[pb.MailAccount]:
        """Tell all of the caller's."""
        return [account_message(account) for account in self._archive.store.mail_accounts.list()]

    def create(self, told: pb.MailAccount) -> pb.MailAccount:
        """Keep an account. Raises InvalidRequest, NameTaken."""
        facts = account_facts(told)
        refuse(account_violations(facts, told.secret, self._archive.facts.mail_providers))
        secret = NO_SECRET if facts.proof.by_provider else self._archive.seals.seal(told.secret)
        return account_message(self._archive.store.mail_accounts.create(caller().user, facts, secret))

    def update(self, request: pb.UpdateMailAccountRequest) -> pb.MailAccount:
        """Change an account. Raises MailAccountNotFound, InvalidRequest, NameTaken, StaleItem."""
        paths = paths_of(request.update_mask, PATHS)
        account, named = account_id(request.account.id), expected_revision(request.account.etag)
        secret = request.account.secret if "secret" in paths else None
        accounts = self._archive.store.mail_accounts

        def change() -> MailAccount:
            present = accounts.get(account)
            facts = account_facts(masked(account_message(present), request.account, request.update_mask))
            refuse(of_paths(paths, account_violations(facts, secret, self._archive.facts.mail_providers)))
            moved = _elsewhere(facts) != _elsewhere(present.facts)
            if facts.proof.by_provider:
                return accounts.update(account, facts, NO_SECRET if moved else None, named or present.revision)
            if secret is None and moved:
                raise InvalidRequest(Violation("account.secret", "must be given anew with another host, port, user or proof"))
            return accounts.update(account, facts, self._sealed(secret), named or present.revision)

        return account_message(merging(change, named))

    def delete(self, request: pb.DeleteMailAccountRequest) -> None:
        """Remove an account. Raises MailAccountNotFound, StaleItem."""
        self._archive.store.mail_accounts.delete(account_id(request.id), expected_revision(request.etag))

    def one(self, text: str) -> AccountId:
        """Find an account that the caller sees. Raises MailAccountNotFound."""
        return self._archive.store.mail_accounts.get(account_id(text)).id

    def meant(self, text: str) -> list[AccountId]:
        """Find an account by its id, all of the caller's by ''. Raises MailAccountNotFound."""
        return [self.one(text)] if text else [account.id for account in self._archive.store.mail_accounts.list()]

    def _sealed(self, secret: str | None) -> Sealed | None:
        return None if secret is None else self._archive.seals.seal(secret)


def _elsewhere(facts: AccountFacts) -> tuple[object, ...]:
    """Tell to whom a secret goes, and as what: whoever may change an account may not have its secret sent to a host of his own."""
    return facts.host.casefold(), facts.port, facts.user, facts.proof
