"""Whom a provider of sign-ins vouches for: found by its word alone, never by a name or an address that somebody could choose there."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.catalog.label_rows import name_key
from actors.store.database import Database
from actors.store.identity.errors import IdentityNotFound, IdentityTaken, ServiceHasNoPassword
from actors.store.identity.groups import members_of, set_members
from actors.store.identity.rows import has_administrator, require_administrator, user_row, users_of
from actors.store.identity.users import add_user
from actors.store.nouns.identity import GroupId, User, UserFacts, UserId, UserKind, Vouched
from actors.store.rows import counters
from actors.store.rows.identities import IdentityRow
from actors.store.rows.identity import GroupRow, MemberRow, UserRow


class Identities:
    """Keeps who is who at a provider."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, vouched: Vouched) -> User | None:
        """Give the user whom a provider means, enabled or not."""
        with self._database.read() as session:
            row = session.get(IdentityRow, (vouched.issuer, vouched.subject))
            return None if row is None else users_of(session, [user_row(session, UserId(row.user_id))])[0]

    def link(self, user_id: UserId, vouched: Vouched, now: datetime) -> User:
        """Let a provider's word stand for a user, too; twice is once. Raises IdentityTaken, ServiceHasNoPassword."""
        with self._database.write() as session:
            user = user_row(session, user_id)
            if user.kind is UserKind.SERVICE:
                raise ServiceHasNoPassword(user.name)
            present = session.get(IdentityRow, (vouched.issuer, vouched.subject))
            if present is not None and present.user_id != user_id:
                raise IdentityTaken
            if present is None:
                _add(session, user, vouched, now)
            return users_of(session, [user])[0]

    def create(self, facts: UserFacts, vouched: Vouched, now: datetime) -> User:
        """Add a user whom a provider vouches for. Raises NameTaken, IdentityTaken."""
        with self._database.write() as session:
            if session.get(IdentityRow, (vouched.issuer, vouched.subject)) is not None:
                raise IdentityTaken
            user = add_user(session, facts, now)
            _add(session, user, vouched, now)
            return users_of(session, [user])[0]

    def unlink(self, user_id: UserId, vouched: Vouched) -> User:
        """Let a provider's word stand for a user no more. Raises IdentityNotFound, LastAdministrator."""
        with self._database.write() as session:
            user = user_row(session, user_id)
            row = session.get(IdentityRow, (vouched.issuer, vouched.subject))
            if row is None or row.user_id != user_id:
                raise IdentityNotFound(user.name)
            before = has_administrator(session)
            session.delete(row)
            user.revision += 1
            require_administrator(session, before, user.name)
            return users_of(session, [user])[0]

    def set_groups(self, user_id: UserId, names: Collection[str]) -> bool:
        """Let a user be in those of our groups that are named, and in no others; tell whether that changed anything."""
        with self._database.write() as session:
            user_row(session, user_id)
            keys = {name_key(name) for name in names}
            wanted = set(session.scalars(select(GroupRow.id).where(GroupRow.name_key.in_(keys))))
            present = set(session.scalars(select(MemberRow.group_id).where(MemberRow.user_id == user_id)))
            if wanted == present:
                return False
            changed = list(session.scalars(select(GroupRow).where(GroupRow.id.in_(wanted ^ present)).order_by(GroupRow.id)))
            members = members_of(session, [group.id for group in changed])
            for group in changed:
                others = [member for member in members.get(group.id, ()) if member != user_id]
                set_members(session, GroupId(group.id), [*others, user_id] if group.id in wanted else others)
                group.revision += 1
            counters.identity_changed(session)
            return True


def _add(session: Session, user: UserRow, vouched: Vouched, now: datetime) -> None:
    session.add(IdentityRow(issuer=vouched.issuer, subject=vouched.subject, user_id=user.id, create_time=now))
    user.revision += 1
    session.flush()
