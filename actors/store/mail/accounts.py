"""Mailboxes, each its owner's own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from actors.store.catalog.label_rows import name_key
from actors.store.database import Database
from actors.store.errors import NameTaken, StaleItem
from actors.store.identity.makers import still_may
from actors.store.mail.errors import MailAccountNotFound
from actors.store.nouns.identity import UserId
from actors.store.nouns.mail import AccountFacts, AccountId, MailAccount, mailbox_of
from actors.store.nouns.sealed import Sealed
from actors.store.rows.columns import clean_text
from actors.store.rows.mail import MailAccountRow, MailFolderRow, MailRow


class MailAccounts:
    """Keeps mailboxes. A session that is narrowed sees those alone that its viewer owns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> Sequence[MailAccount]:
        """List all by their names."""
        query = select(MailAccountRow).order_by(MailAccountRow.name_key, MailAccountRow.id)
        with self._database.read() as session:
            return [_account_of(row) for row in session.scalars(query)]

    def to_visit(self) -> Sequence[MailAccount]:
        """List those that are to be looked at: they are switched on, and their owners may still have them. Asked of the whole."""
        query = select(MailAccountRow).where(MailAccountRow.enabled, still_may(MailAccountRow.owner_id)).order_by(MailAccountRow.id)
        with self._database.read() as session:
            return [_account_of(row) for row in session.scalars(query)]

    def get(self, account_id: AccountId) -> MailAccount:
        """Give one. Raises MailAccountNotFound."""
        with self._database.read() as session:
            return _account_of(account_row(session, account_id))

    def create(self, owner: UserId | None, facts: AccountFacts, secret: Sealed) -> MailAccount:
        """Keep a mailbox. Raises NameTaken where its owner has one of that name."""
        with self._database.write() as session:
            row = MailAccountRow(revision=1, owner_id=owner, secret=secret, error="", error_time=None, seen_time=None)
            _fill(session, row, facts)
            session.add(row)
            session.flush()
            return _account_of(row)

    def update(
        self, account_id: AccountId, facts: AccountFacts, secret: Sealed | None, expected_revision: int | None = None
    ) -> MailAccount:
        """Change a mailbox; without a secret it keeps its own, and its last error is forgotten.

        With another server or user it is another mailbox, whose numbers mean other mails: what was noted of those of the last is forgotten.
        Raises MailAccountNotFound, StaleItem, NameTaken.
        """
        with self._database.write() as session:
            row = account_row(session, account_id, expected_revision)
            if mailbox_of(row.host, row.user) != mailbox_of(facts.host, facts.user):
                session.execute(delete(MailRow).where(MailRow.account_id == account_id))
                session.execute(delete(MailFolderRow).where(MailFolderRow.account_id == account_id))
            _fill(session, row, facts)
            row.secret = row.secret if secret is None else secret
            row.revision, row.error, row.error_time = row.revision + 1, "", None
            session.flush()
            return _account_of(row)

    def delete(self, account_id: AccountId, expected_revision: int | None = None) -> None:
        """Remove a mailbox with its rules and all that was noted of its mails; documents stay. Raises MailAccountNotFound, StaleItem."""
        with self._database.write() as session:
            session.delete(account_row(session, account_id, expected_revision))

    def note_seen(self, account_id: AccountId, now: datetime) -> None:
        """Note that it was reached; nothing where it is gone."""
        self._note(account_id, {"error": "", "error_time": None, "seen_time": now})

    def note_error(self, account_id: AccountId, error: str, now: datetime) -> None:
        """Note in words for its owner why it was not reached; nothing where it is gone."""
        self._note(account_id, {"error": error, "error_time": now})

    def renew_secret(self, account_id: AccountId, secret: Sealed, expected_revision: int) -> bool:
        """Keep a token that a provider gave in place of the last; False where the account has been changed or removed meanwhile."""
        return self._note(account_id, {"secret": secret}, expected_revision)

    def _note(self, account_id: AccountId, values: dict[str, object], revision: int | None = None) -> bool:
        noted = update(MailAccountRow).where(MailAccountRow.id == account_id).values(values).returning(MailAccountRow.id)
        if revision is not None:
            noted = noted.where(MailAccountRow.revision == revision)
        with self._database.write() as session:
            return session.scalars(noted, execution_options={"synchronize_session": False}).one_or_none() is not None


def account_row(session: Session, account_id: AccountId, expected_revision: int | None = None) -> MailAccountRow:
    """Load a mailbox to change it, if it is still what the caller saw. Raises MailAccountNotFound, StaleItem."""
    row = session.scalars(select(MailAccountRow).where(MailAccountRow.id == account_id)).one_or_none()
    if row is None:
        raise MailAccountNotFound(account_id)
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row


def _fill(session: Session, row: MailAccountRow, facts: AccountFacts) -> None:
    key = name_key(facts.name)
    namesakes = select(MailAccountRow.id).where(
        MailAccountRow.name_key == key, MailAccountRow.owner_id.is_not_distinct_from(row.owner_id), MailAccountRow.id != (row.id or 0)
    )
    with session.no_autoflush:
        holder = session.scalars(namesakes.limit(1)).one_or_none()
    if holder is not None:
        raise NameTaken(facts.name, holder)
    row.name, row.name_key, row.enabled = clean_text(facts.name), key, facts.enabled
    row.host, row.port, row.user, row.security, row.proof = facts.host, facts.port, facts.user, facts.security, facts.proof


def _account_of(row: MailAccountRow) -> MailAccount:
    return MailAccount(
        id=AccountId(row.id),
        revision=row.revision,
        owner=None if row.owner_id is None else UserId(row.owner_id),
        facts=AccountFacts(row.name, row.host, row.port, row.user, row.security, row.proof, row.enabled),
        secret=Sealed(row.secret),
        error=row.error,
        error_time=row.error_time,
        seen_time=row.seen_time,
    )
