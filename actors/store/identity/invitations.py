"""Codes that let somebody choose a password: the first administrator, somebody new, or somebody who has forgotten it."""

from datetime import datetime

from sqlalchemy import delete

from actors.store.database import Database
from actors.store.identity.errors import InvitationUsedUp, ServiceHasNoPassword
from actors.store.identity.rows import has_administrator, user_row, users_of
from actors.store.identity.users import add_user, give_password
from actors.store.nouns.identity import NewInvitation, Role, User, UserFacts, UserId, UserKind
from actors.store.rows.identity import InvitationRow


class Invitations:
    """Keeps the codes that were not used, by their digests. There is one for each user, and one for the first administrator."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, new: NewInvitation) -> None:
        """Keep a code; that of before is void. Raises ServiceHasNoPassword."""
        with self._database.write() as session:
            if new.user is not None and (row := user_row(session, new.user)).kind is UserKind.SERVICE:
                raise ServiceHasNoPassword(row.name)
            before = InvitationRow.user_id.is_(None) if new.user is None else InvitationRow.user_id == new.user
            session.execute(delete(InvitationRow).where(before))
            session.add(InvitationRow(digest=new.digest, user_id=new.user, expire_time=new.expire_time))

    def get(self, digest: str, now: datetime) -> tuple[str, datetime]:
        """Tell whom a code is for, '' for the first administrator, and how long it holds. Raises InvitationUsedUp."""
        with self._database.read() as session:
            invitation = session.get(InvitationRow, digest)
            if invitation is None or invitation.expire_time <= now or (invitation.user_id is None and has_administrator(session)):
                raise InvitationUsedUp
            name = "" if invitation.user_id is None else user_row(session, UserId(invitation.user_id)).name
            return name, invitation.expire_time

    def accept(self, digest: str, name: str, password_hash: str, now: datetime) -> User:
        """Use a code up, and give who has it a password; the first administrator gets the name, all others have theirs.

        Raises InvitationUsedUp, NameTaken.
        """
        with self._database.write() as session:
            invitation = session.get(InvitationRow, digest)
            if invitation is None or invitation.expire_time <= now:
                raise InvitationUsedUp
            session.delete(invitation)
            if invitation.user_id is None:
                if has_administrator(session):
                    raise InvitationUsedUp
                row = add_user(session, UserFacts(name, Role.ADMIN), now)
            else:
                row = user_row(session, UserId(invitation.user_id))
            give_password(session, row, password_hash)
            return users_of(session, [row])[0]
