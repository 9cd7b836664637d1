"""The tables of identity. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.nouns.identity import Role, TokenKind, UserKind
from actors.store.rows.archive import SORTED_TEXT, Base
from actors.store.rows.columns import CleanText, UtcDateTime, state_column


class UserRow(Base):
    """One user. `password_hash` and `secret` are empty where there is none; `last_step` makes each one-time code good for one sign-in."""

    __tablename__ = "users"
    # An id stands in grants and in the audit log, so SQLite must not give it a second time.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    kind: Mapped[UserKind] = mapped_column(state_column(UserKind))
    role: Mapped[Role] = mapped_column(state_column(Role))
    name: Mapped[str] = mapped_column(CleanText)
    name_key: Mapped[str] = mapped_column(SORTED_TEXT, unique=True)
    email: Mapped[str] = mapped_column(CleanText)
    enabled: Mapped[bool]
    password_hash: Mapped[str] = mapped_column(String(256))
    secret: Mapped[str] = mapped_column(CleanText)
    last_step: Mapped[int] = mapped_column(BigInteger)
    create_time: Mapped[datetime] = mapped_column(UtcDateTime)
    sign_in_time: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCodeRow(Base):
    """A code that stands in once for the second factor, by its digest."""

    __tablename__ = "recovery_codes"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


class GroupRow(Base):
    """One group."""

    __tablename__ = "groups"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(CleanText)
    name_key: Mapped[str] = mapped_column(SORTED_TEXT, unique=True)


class MemberRow(Base):
    """A user is in a group."""

    __tablename__ = "group_members"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)


class TokenRow(Base):
    """One token, by its SHA-256."""

    __tablename__ = "tokens"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[TokenKind] = mapped_column(state_column(TokenKind))
    name: Mapped[str] = mapped_column(CleanText)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    create_time: Mapped[datetime] = mapped_column(UtcDateTime)
    expire_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    use_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    address: Mapped[str] = mapped_column(CleanText)


class InvitationRow(Base):
    """A code, by its SHA-256, that lets somebody choose a password once."""

    __tablename__ = "invitations"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expire_time: Mapped[datetime] = mapped_column(UtcDateTime)
