"""The nouns of identity: who uses the archive, in which groups they are, and what they show to be let in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from actors.store.nouns.sealed import Sealed

UserId = NewType("UserId", int)
GroupId = NewType("GroupId", int)
TokenId = NewType("TokenId", int)


class Role(StrEnum):
    """What somebody may do at most. An uploader adds documents and sees nothing but these; the others hold all rights of those before."""

    UPLOADER = "uploader"
    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"


class UserKind(StrEnum):
    """A service account is a program: it has no password and uses tokens alone."""

    PERSON = "person"
    SERVICE = "service"


class Scope(StrEnum):
    """A group of calls that a token can be bound to. ACCOUNT is a user's own password, second factor and tokens."""

    READ = "read"
    ADD = "add"
    EDIT = "edit"
    CATALOG = "catalog"
    ADMIN = "admin"
    ACCOUNT = "account"


class TokenKind(StrEnum):
    """A session was begun by signing in; an access token was made for a program."""

    SESSION = "session"
    ACCESS = "access"


@dataclass(frozen=True, slots=True)
class UserFacts:
    """What an administrator says of a user. Who is not enabled is let in nowhere, by no token."""

    name: str
    role: Role
    kind: UserKind = UserKind.PERSON
    email: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Bequest:
    """Who gets the documents of a user who goes, and when."""

    heir: UserId
    time: datetime


@dataclass(frozen=True, slots=True)
class Vouched:
    """Somebody as a provider of sign-ins knows him: by its own address, and by its word for him, which stays when his name changes."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may use the archive."""

    id: UserId
    revision: int
    facts: UserFacts
    has_password: bool
    has_second_factor: bool
    groups: tuple[GroupId, ...]
    create_time: datetime
    sign_in_time: datetime | None
    identities: tuple[Vouched, ...] = ()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a user proves himself by. `secret` is that of the second factor, '' for none; `last_step` the last step that was used."""

    password_hash: str
    secret: Sealed
    last_step: int


@dataclass(frozen=True, slots=True)
class Group:
    """Users who are given rights together."""

    id: GroupId
    revision: int
    name: str
    members: tuple[UserId, ...]


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as it is kept: by its digest. No scopes are all that its user may; without `expire_time` it holds until it is revoked."""

    user: UserId
    kind: TokenKind
    name: str
    digest: str
    scopes: Sequence[Scope] = ()
    expire_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its user sees it. `address` is where it was used from last."""

    id: TokenId
    user: UserId
    kind: TokenKind
    name: str
    scopes: tuple[Scope, ...]
    create_time: datetime
    expire_time: datetime | None
    use_time: datetime | None
    address: str


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """A code, by its digest, that lets somebody choose a password: `user`, or the first administrator where it is None."""

    digest: str
    user: UserId | None
    expire_time: datetime
