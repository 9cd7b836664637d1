"""The users, and what they prove themselves by."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from actors.store.audit.deeds import note
from actors.store.catalog.label_rows import name_key
from actors.store.catalog.names import require_free_name
from actors.store.database import Database
from actors.store.identity.bequests import bequeath
from actors.store.identity.errors import ServiceHasNoPassword, UserNotFound
from actors.store.identity.rows import has_administrator, require_administrator, revoke, user_row, users_of
from actors.store.nouns.audit import UNTOLD, Act, AuditNoun, Change, Deed
from actors.store.nouns.identity import Bequest, Credentials, TokenId, TokenKind, User, UserFacts, UserId, UserKind
from actors.store.nouns.sealed import Sealed
from actors.store.rows import counters
from actors.store.rows.columns import clean_text
from actors.store.rows.identities import IdentityRow
from actors.store.rows.identity import RecoveryCodeRow, TokenRow, UserRow

# The place of a user in the order by name: the one to go on after.
Place = tuple[str, UserId]


class Users:
    """Keeps the users. Passwords come as hashes, codes as digests: what people type reaches no row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, after: Place | None, limit: int) -> Sequence[User]:
        """List users by name, beginning after a place."""
        query = select(UserRow)
        if after is not None:
            query = query.where(tuple_(UserRow.name_key, UserRow.id) > (name_key(after[0]), after[1]))
        with self._database.read() as session:
            return users_of(session, session.scalars(query.order_by(UserRow.name_key, UserRow.id).limit(limit)))

    def count(self) -> int:
        """Count the users."""
        with self._database.read() as session:
            return session.scalars(select(func.count()).select_from(UserRow)).one()

    def has_administrator(self) -> bool:
        """Tell whether anybody can sign in and run the archive."""
        with self._database.read() as session:
            return has_administrator(session)

    def get(self, user_id: UserId) -> User:
        """Give one user."""
        with self._database.read() as session:
            return users_of(session, [user_row(session, user_id)])[0]

    def find(self, name: str) -> User:
        """Give the user of this name; raises UserNotFound."""
        with self._database.read() as session:
            row = session.scalars(select(UserRow).where(UserRow.name_key == name_key(name))).one_or_none()
            if row is None:
                raise UserNotFound(f"'{name}'")
            return users_of(session, [row])[0]

    def create(self, facts: UserFacts, now: datetime) -> User:
        """Add a user, who can sign in once a password is set. Raises NameTaken."""
        with self._database.write() as session:
            row = add_user(session, facts, now)
            return users_of(session, [row])[0]

    def update(self, user_id: UserId, facts: UserFacts, expected_revision: int | None) -> User:
        """Change a user; who is no longer enabled is signed out everywhere. Raises NameTaken, StaleItem, LastAdministrator."""
        with self._database.write() as session:
            row = user_row(session, user_id, expected_revision)
            require_free_name(session, UserRow, facts.name, user_id)
            before, name = has_administrator(session), row.name
            fill(row, facts)
            row.revision += 1
            require_administrator(session, before, name)
            if facts.kind is UserKind.SERVICE:
                row.password_hash = row.secret = ""
                _unlink(session, user_id)
                sign_out(session, user_id)
            if not facts.enabled:
                sign_out(session, user_id, (TokenKind.SESSION, TokenKind.ACCESS))
            counters.identity_changed(session)
            return users_of(session, [row])[0]

    def delete(self, user_id: UserId, expected_revision: int | None, bequest: Bequest | None = None) -> None:
        """Remove a user with all tokens; an heir gets his documents.

        Raises StaleItem, LastAdministrator, UserNotFound, and OwnsDocuments where there are such and no heir: they never become everyone's.
        """
        with self._database.whole.write() as session:
            row = user_row(session, user_id, expected_revision)
            before, name = has_administrator(session), row.name
            bequeath(session, row, bequest)
            session.delete(row)  # tokens, codes and memberships go by their foreign keys
            require_administrator(session, before, name)
            counters.identity_changed(session)

    def credentials(self, user_id: UserId) -> Credentials:
        """Give what a user proves himself by."""
        with self._database.read() as session:
            row = user_row(session, user_id)
            return Credentials(row.password_hash, Sealed(row.secret), row.last_step)

    def set_password(self, user_id: UserId, password_hash: str, kept: TokenId | None = None) -> User:
        """Give a user a password, and sign him out everywhere but from one session. Raises ServiceHasNoPassword."""
        with self._database.write() as session:
            row = user_row(session, user_id)
            give_password(session, row, password_hash, kept)
            return users_of(session, [row])[0]

    def rehash(self, user_id: UserId, before: str, after: str) -> None:
        """Keep the same password in a stronger form, unless it was changed meanwhile."""
        with self._database.write() as session:
            session.execute(update(UserRow).where(UserRow.id == user_id, UserRow.password_hash == before).values(password_hash=after))

    def set_second_factor(self, user_id: UserId, secret: Sealed, step: int, recovery_digests: Sequence[str]) -> User:
        """Ask for one-time codes from now on; those of steps up to `step` are used up. Recovery codes of before are void."""
        with self._database.write() as session:
            row = user_row(session, user_id)
            row.secret, row.last_step = secret, step
            row.revision += 1
            session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
            session.add_all(RecoveryCodeRow(user_id=user_id, digest=digest) for digest in recovery_digests)
            return users_of(session, [row])[0]

    def remove_second_factor(self, user_id: UserId) -> User:
        """Ask for the password alone."""
        return self.set_second_factor(user_id, Sealed(""), 0, ())

    def use_step(self, user_id: UserId, step: int) -> bool:
        """Use up the code of a step; False when it, or a later one, was used before."""
        used = update(UserRow).where(UserRow.id == user_id, UserRow.last_step < step).values(last_step=step).returning(UserRow.id)
        with self._database.write() as session:
            return session.scalars(used).one_or_none() is not None

    def use_recovery_code(self, user_id: UserId, digest: str) -> bool:
        """Use up a recovery code; False when there is no such."""
        used = delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id, RecoveryCodeRow.digest == digest)
        with self._database.write() as session:
            if session.scalars(used.returning(RecoveryCodeRow.digest)).one_or_none() is None:
                return False
            name = user_row(session, user_id).name
            note(session, Deed(Act.CHANGED, AuditNoun.USER, user_id, name, (Change("recovery_codes", UNTOLD, ""),)))
            return True

    def recovery_codes_left(self, user_id: UserId) -> int:
        """Count the recovery codes that were not used."""
        query = select(func.count()).select_from(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id)
        with self._database.read() as session:
            return session.scalars(query).one()


def add_user(session: Session, facts: UserFacts, now: datetime) -> UserRow:
    """Add the row of a user without a password. Raises NameTaken."""
    require_free_name(session, UserRow, facts.name, None)
    row = UserRow(revision=1, password_hash="", secret="", last_step=0, create_time=now, sign_in_time=None)
    fill(row, facts)
    session.add(row)
    session.flush()
    counters.identity_changed(session)
    return row


def give_password(session: Session, row: UserRow, password_hash: str, kept: TokenId | None = None) -> None:
    """Set a password; whoever is signed in by the one before is signed out, and access tokens stay. Raises ServiceHasNoPassword."""
    if row.kind is UserKind.SERVICE:
        raise ServiceHasNoPassword(row.name)
    sign_out(session, UserId(row.id), kept=kept)
    row.password_hash = password_hash
    row.revision += 1
    session.flush()


def sign_out(session: Session, user_id: UserId, kinds: Sequence[TokenKind] = (TokenKind.SESSION,), kept: TokenId | None = None) -> None:
    """Revoke all tokens of some kinds but one."""
    revoke(session, TokenRow.user_id == user_id, TokenRow.kind.in_(kinds), TokenRow.id != (kept or 0))


def _unlink(session: Session, user_id: UserId) -> None:
    """Let no provider's word stand for a user any more."""
    for row in session.scalars(select(IdentityRow).where(IdentityRow.user_id == user_id)):
        session.delete(row)
    session.flush()


def fill(row: UserRow, facts: UserFacts) -> None:
    """Write into a row what an administrator says."""
    row.name, row.name_key = clean_text(facts.name), name_key(facts.name)
    row.role, row.kind, row.email, row.enabled = facts.role, facts.kind, facts.email, facts.enabled
