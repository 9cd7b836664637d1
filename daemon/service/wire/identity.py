"""Users, groups and tokens: ours and the contract's, in pairs."""

from collections.abc import Iterable

from actors.identity import names
from actors.store.identity.errors import GroupNotFound, TokenNotFound, UserNotFound
from actors.store.nouns.identity import Group, GroupId, Role, Scope, Token, TokenId, TokenKind, User, UserFacts, UserId, UserKind
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.values import etag, number, timestamp
from scriba.v1 import access_pb2
from scriba.v1 import identity_pb2 as pb

ROLES = {role: access_pb2.Role.Value(f"ROLE_{role.name}") for role in Role}
SCOPES = {scope: access_pb2.Scope.Value(f"SCOPE_{scope.name}") for scope in Scope}
USER_KINDS = {kind: pb.UserKind.Value(f"USER_KIND_{kind.name}") for kind in UserKind}
TOKEN_KINDS = {kind: pb.TokenKind.Value(f"TOKEN_KIND_{kind.name}") for kind in TokenKind}

LONGEST_EMAIL = 254


def user_message(user: User) -> pb.User:
    """Tell a user."""
    facts = user.facts
    return pb.User(
        id=str(user.id),
        etag=etag(user.revision),
        name=facts.name,
        kind=USER_KINDS[facts.kind],
        role=ROLES[facts.role],
        email=facts.email,
        disabled=not facts.enabled,
        has_password=user.has_password,
        has_second_factor=user.has_second_factor,
        group_ids=map(str, user.groups),
        create_time=timestamp(user.create_time),
        sign_in_time=timestamp(user.sign_in_time),
        identities=[pb.UserIdentity(issuer=known.issuer, subject=known.subject) for known in user.identities],
    )


def user_facts(message: pb.User) -> UserFacts:
    """Read what an administrator may change of a user; raises InvalidRequest."""
    role = next((ours for ours, told in ROLES.items() if told == message.role), None)
    if role is None:
        raise InvalidRequest(Violation("user.role", "must be ROLE_UPLOADER, ROLE_VIEWER, ROLE_EDITOR or ROLE_ADMIN"))
    kind = next((ours for ours, told in USER_KINDS.items() if told == message.kind), UserKind.PERSON)
    return UserFacts(shown_name("user.name", message.name), role, kind, email_of(message.email), not message.disabled)


def email_of(text: str) -> str:
    """Read an e-mail address, '' for none; raises InvalidRequest for what can be none."""
    name, at, host = text.rpartition("@")
    if text and not (name and at and host and text.isprintable() and " " not in text and len(text) <= LONGEST_EMAIL):
        raise InvalidRequest(Violation("user.email", "is not an e-mail address"))
    return text


def shown_name(field: str, name: str) -> str:
    """Read the name of a user or a group; raises InvalidRequest for one that nobody could read or type."""
    try:
        return names.shown_name(name)
    except names.BadName as error:
        raise InvalidRequest(Violation(field, str(error))) from None


def group_message(group: Group) -> pb.Group:
    """Tell a group."""
    return pb.Group(id=str(group.id), etag=etag(group.revision), name=group.name, user_ids=map(str, group.members))


def token_message(token: Token, current: TokenId | None = None) -> pb.Token:
    """Tell a token, and whether it is the one that is used."""
    return pb.Token(
        id=str(token.id),
        kind=TOKEN_KINDS[token.kind],
        name=token.name,
        scopes=[SCOPES[scope] for scope in token.scopes],
        create_time=timestamp(token.create_time),
        expire_time=timestamp(token.expire_time),
        use_time=timestamp(token.use_time),
        address=token.address,
        current=token.id == current,
    )


def scopes(told: Iterable[int]) -> tuple[Scope, ...]:
    """Read scopes, each once; validation has let known ones through alone."""
    wanted = set(told)
    return tuple(ours for ours, value in SCOPES.items() if value in wanted)


def user_id(text: str) -> UserId:
    """Read a user's id; raises UserNotFound for a text that is none."""
    if not (found := number(text)):
        raise UserNotFound(f"'{text}'")
    return UserId(found)


def group_id(text: str) -> GroupId:
    """Read a group's id; raises GroupNotFound for a text that is none."""
    if not (found := number(text)):
        raise GroupNotFound(f"'{text}'")
    return GroupId(found)


def token_id(text: str) -> TokenId:
    """Read a token's id; raises TokenNotFound for a text that is none."""
    if not (found := number(text)):
        raise TokenNotFound(TokenId(0))
    return TokenId(found)
