"""Who calls: nobody, those whose tokens hold no more, people of every role, the machine itself, and tokens bound to each scope."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from actors.identity.tokens import digest
from actors.store.nouns.identity import NewToken, Role, Scope, TokenKind, UserFacts, UserId
from actors.store.store import Store
from scriba.v1 import access_pb2
from tests.service.house import NOW, TOKEN, House

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """One kind of caller. No role: let in nowhere. `user` is whom his documents belong to."""

    name: str
    user: UserId
    secret: str | None
    role: Role | None
    scope: Scope | None = None
    is_user: bool = True
    metadata: tuple[tuple[str, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        sent = () if self.secret is None else (("authorization", f"Bearer {self.secret}"),)
        object.__setattr__(self, "metadata", sent)

    @property
    def reaches_things(self) -> bool:
        """Tell whether any of his calls comes as far as what it names, by his role alone."""
        return self.role is not None and self.scope is None

    @property
    def sees_all(self) -> bool:
        """Tell whether nothing is hidden from him."""
        return self.role is Role.ADMIN

    def sign_in(self, house: House) -> None:
        """Let his token hold, again where a call has ended it."""
        house.tokens.forget()
        if not self.is_user or self.role is None or self.secret is None or house.store.tokens.find(digest(self.secret), NOW):
            return
        scopes = () if self.scope is None else (self.scope,)
        house.store.tokens.create(NewToken(self.user, TokenKind.ACCESS, self.name, digest(self.secret), scopes, NOW + DAY), NOW)


def callers(house: House) -> list[Caller]:
    """Make one of each kind."""
    found = [*_refused(house.store), *_people(house.store)]
    for each in found:
        each.sign_in(house)
    return found


def _refused(store: Store) -> Iterator[Caller]:
    users = {name: _user(store, name, Role.ADMIN) for name in ("nobody", "garbage", "expired", "revoked", "disabled")}
    yield Caller("nobody", users["nobody"], None, None)
    yield Caller("a garbage token", users["garbage"], "gibberish", None)
    yield Caller("an expired token", users["expired"], "expired", None)
    yield Caller("a revoked token", users["revoked"], "revoked", None)
    yield Caller("the token of a disabled user", users["disabled"], "disabled", None)
    for name, life in (("expired", -DAY), ("revoked", DAY), ("disabled", DAY)):
        kept = store.tokens.create(NewToken(users[name], TokenKind.ACCESS, name, digest(name), expire_time=NOW + life), NOW - 2 * DAY)
        if name == "revoked":
            store.tokens.revoke(users[name], kept.id)
    store.users.update(users["disabled"], UserFacts("disabled", Role.ADMIN, enabled=False), None)
    # Signed out with that; a token that came in meanwhile, by another process, opens nothing either.
    store.tokens.create(NewToken(users["disabled"], TokenKind.ACCESS, "again", digest("disabled"), expire_time=NOW + DAY), NOW)


def _people(store: Store) -> Iterator[Caller]:
    for role in Role:
        yield Caller(role.value, _user(store, role.value, role), f"the {role.value}'s", role)
    machine = _user(store, "machine", Role.ADMIN)
    yield Caller("the local token", machine, TOKEN, Role.ADMIN, is_user=False)
    for scope in Scope:
        user = _user(store, f"bound to {scope.value}", Role.EDITOR if scope is not Scope.ADMIN else Role.ADMIN)
        yield Caller(f"a token bound to {scope.value}", user, f"bound to {scope.value}", store.users.get(user).facts.role, scope)


def _user(store: Store, name: str, role: Role) -> UserId:
    return store.users.create(UserFacts(name, role), NOW).id


SCOPES = {getattr(access_pb2, f"SCOPE_{scope.name}"): scope for scope in Scope}
