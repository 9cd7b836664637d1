"""The tokens by which users are let in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from actors.store.database import Database
from actors.store.identity.errors import TokenNotFound
from actors.store.identity.rows import revoke, token_of, token_row, user_row, users_of
from actors.store.nouns.identity import NewToken, Token, TokenId, TokenKind, User, UserId
from actors.store.rows.identity import TokenRow, UserRow


class Tokens:
    """Keeps tokens by their digests."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, new: NewToken, now: datetime) -> Token:
        """Keep a token, and forget those of its user that are too old; a session is the moment he was last seen to sign in."""
        with self._database.write() as session:
            owner = user_row(session, new.user)
            session.execute(delete(TokenRow).where(TokenRow.user_id == new.user, TokenRow.expire_time <= now))
            if new.kind is TokenKind.SESSION:
                owner.sign_in_time = now
            row = token_row(new, now)
            session.add(row)
            session.flush()
            return token_of(row)

    def find(self, digest: str, now: datetime) -> tuple[Token, User] | None:
        """Tell whose a token is; None for one that is unknown or too old, or whose user is not enabled."""
        live = or_(TokenRow.expire_time.is_(None), TokenRow.expire_time > now)
        query = select(TokenRow, UserRow).join(UserRow, UserRow.id == TokenRow.user_id).where(TokenRow.digest == digest, live)
        with self._database.read() as session:
            found = session.execute(query).one_or_none()
            if found is None or not found[1].enabled:
                return None
            return token_of(found[0]), users_of(session, [found[1]])[0]

    def used(self, token_id: TokenId, address: str, now: datetime) -> None:
        """Note when and from where a token was used last."""
        with self._database.write() as session:
            session.execute(update(TokenRow).where(TokenRow.id == token_id).values(use_time=now, address=address))

    def list(self, user_id: UserId, now: datetime) -> Sequence[Token]:
        """List the tokens of a user that still hold, the newest first."""
        live = or_(TokenRow.expire_time.is_(None), TokenRow.expire_time > now)
        query = select(TokenRow).where(TokenRow.user_id == user_id, live).order_by(TokenRow.id.desc())
        with self._database.read() as session:
            user_row(session, user_id)
            return [token_of(row) for row in session.scalars(query)]

    def revoke(self, user_id: UserId, token_id: TokenId) -> None:
        """Let nobody in by a token of a user any more."""
        with self._database.write() as session:
            if not revoke(session, TokenRow.id == token_id, TokenRow.user_id == user_id):
                raise TokenNotFound(token_id)
