"""Rows of identity become values, and are found by what people call them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, exists, or_, select
from sqlalchemy.orm import Session

from actors.store.audit.deeds import note_all
from actors.store.errors import StaleItem
from actors.store.identity.errors import LastAdministrator, UserNotFound
from actors.store.nouns.audit import Act, AuditNoun, Deed
from actors.store.nouns.identity import (
    GroupId,
    NewToken,
    Role,
    Scope,
    Token,
    TokenId,
    TokenKind,
    User,
    UserFacts,
    UserId,
    UserKind,
    Vouched,
)
from actors.store.rows.identities import IdentityRow
from actors.store.rows.identity import MemberRow, TokenRow, UserRow

_GROUPS = (
    select(MemberRow.user_id, MemberRow.group_id)
    .where(MemberRow.user_id.in_(bindparam("user_ids", expanding=True)))
    .order_by(MemberRow.group_id)
)
_IDENTITIES = (
    select(IdentityRow.user_id, IdentityRow.issuer, IdentityRow.subject)
    .where(IdentityRow.user_id.in_(bindparam("user_ids", expanding=True)))
    .order_by(IdentityRow.create_time, IdentityRow.issuer, IdentityRow.subject)
)


def user_row(session: Session, user_id: UserId, expected_revision: int | None = None) -> UserRow:
    """Load a user to change it, if it is still what the caller saw."""
    row = session.get(UserRow, user_id)
    if row is None:
        raise UserNotFound(str(user_id))
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row


def users_of(session: Session, rows: Iterable[UserRow]) -> Sequence[User]:
    """Make users of their rows, with one query for the groups of all, and one for who they are at providers."""
    loaded = list(rows)
    ids = [row.id for row in loaded]
    groups, identities = groups_of(session, ids), identities_of(session, ids)
    return [user_of(row, groups.get(row.id, ()), identities.get(row.id, ())) for row in loaded]


def groups_of(session: Session, user_ids: Sequence[int]) -> Mapping[int, tuple[GroupId, ...]]:
    """Tell in which groups users are; one in none has no entry."""
    found = dict[int, tuple[GroupId, ...]]()
    for user_id, group_id in session.execute(_GROUPS, {"user_ids": user_ids}):
        found[user_id] = (*found.get(user_id, ()), GroupId(group_id))
    return found


def identities_of(session: Session, user_ids: Sequence[int]) -> Mapping[int, tuple[Vouched, ...]]:
    """Tell who users are at providers; one whom none vouches for has no entry."""
    found = dict[int, tuple[Vouched, ...]]()
    for user_id, issuer, subject in session.execute(_IDENTITIES, {"user_ids": user_ids}):
        found[user_id] = (*found.get(user_id, ()), Vouched(issuer, subject))
    return found


def user_of(row: UserRow, groups: tuple[GroupId, ...], identities: tuple[Vouched, ...]) -> User:
    """Make a user of its row."""
    return User(
        id=UserId(row.id),
        revision=row.revision,
        facts=UserFacts(row.name, row.role, row.kind, row.email, row.enabled),
        has_password=bool(row.password_hash),
        has_second_factor=bool(row.secret),
        groups=groups,
        create_time=row.create_time,
        sign_in_time=row.sign_in_time,
        identities=identities,
    )


def token_of(row: TokenRow) -> Token:
    """Make a token of its row."""
    return Token(
        id=TokenId(row.id),
        user=UserId(row.user_id),
        kind=row.kind,
        name=row.name,
        scopes=tuple(Scope(scope) for scope in row.scopes),
        create_time=row.create_time,
        expire_time=row.expire_time,
        use_time=row.use_time,
        address=row.address,
    )


def token_row(new: NewToken, now: datetime) -> TokenRow:
    """Make the row of a new token."""
    return TokenRow(
        user_id=new.user,
        kind=new.kind,
        name=new.name,
        digest=new.digest,
        scopes=[scope.value for scope in new.scopes],
        create_time=now,
        expire_time=new.expire_time,
        use_time=now if new.kind is TokenKind.SESSION else None,
        address="",
    )


def revoke(session: Session, *which: ColumnElement[bool]) -> bool:
    """Let nobody in by some tokens any more; answer whether there were any."""
    gone = session.execute(delete(TokenRow).where(*which).returning(TokenRow.id, TokenRow.name, TokenRow.kind)).all()
    acts = {TokenKind.SESSION: Act.SIGNED_OUT, TokenKind.ACCESS: Act.DELETED}
    note_all(session, [Deed(acts[kind], AuditNoun.TOKEN, token_id, name) for token_id, name, kind in gone])
    return bool(gone)


def has_administrator(session: Session) -> bool:
    """Tell whether anybody can sign in and run the archive, by a password or by a provider's word."""
    linked = exists().where(IdentityRow.user_id == UserRow.id)
    administrators = select(UserRow.id).where(
        UserRow.kind == UserKind.PERSON,
        UserRow.role == Role.ADMIN,
        UserRow.enabled == True,  # noqa: E712  # SQL, not Python
        or_(UserRow.password_hash != "", linked),
    )
    return bool(session.scalars(select(exists(administrators))).one())


def require_administrator(session: Session, before: bool, name: str) -> None:
    """Make sure that a change has not taken away the last administrator, where there was one `before`."""
    session.flush()
    if before and not has_administrator(session):
        raise LastAdministrator(name)
