"""Users by a trusted proxy's word: found by name, and made where that is wanted."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from actors.identity.names import BadName, shown_name
from actors.store.errors import NameTaken
from actors.store.identity.errors import UserNotFound
from actors.store.nouns.access import viewer_of
from actors.store.nouns.audit import Act, AuditNoun, Author, AuthorKind, Deed
from actors.store.nouns.identity import Role, User, UserFacts, UserKind
from actors.store.store import Store
from daemon.service.around.tokens import MOST_REMEMBERED, REMEMBERED_SECONDS
from daemon.service.callers import Principal
from daemon.service.wire.identity import ROLES

# Somebody who has not called for so long is told of in the audit as one who signs in.
AWAY_SECONDS = 12 * 3_600.0


@dataclass(frozen=True, slots=True)
class _Known:
    principal: Principal | None
    until: float


class RemoteUsers:
    """Knows users by their names. What the database has said is remembered for two seconds; `clock` counts seconds and never jumps."""

    def __init__(self, store: Store, create_role: Role | None, now: Callable[[], datetime], clock: Callable[[], float]) -> None:
        self._store, self._create_role, self._now, self._clock = store, create_role, now, clock
        self._known = OrderedDict[str, _Known]()
        self._last = OrderedDict[str, float]()

    async def principal(self, name: str, address: str) -> Principal | None:
        """Tell who bears a name; None for nobody, and for one who is let in nowhere. Raises StoreUnavailable."""
        now = self._clock()
        known = self._known.get(name)
        if known is None or known.until <= now:
            known = _Known(await asyncio.to_thread(self._ask, name, address), now + REMEMBERED_SECONDS)
            self._known[name] = known
            self._known.move_to_end(name)
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        return known.principal

    def forget(self) -> None:
        """Ask again about everyone: somebody may do something else by now."""
        self._known.clear()

    def _ask(self, name: str, address: str) -> Principal | None:
        try:
            user = self._store.users.find(name)
        except UserNotFound:
            made = self._made(name, address)
            if made is None:
                return None
            user = made
        if not user.facts.enabled or user.facts.kind is not UserKind.PERSON:
            return None
        self._tell(user, address)
        return principal_of(user)

    def _made(self, name: str, address: str) -> User | None:
        if self._create_role is None:
            return None
        try:
            facts = UserFacts(shown_name(name), self._create_role)
        except BadName:
            return None
        try:
            return self._acting(facts.name, None, address).users.create(facts, self._now())
        except NameTaken:  # by another call of the same user, a moment ago
            return self._store.users.find(facts.name)

    def _tell(self, user: User, address: str) -> None:
        now, key = self._clock(), user.facts.name
        if now - self._last.get(key, -AWAY_SECONDS) >= AWAY_SECONDS:
            self._acting(key, user, address).audit.note(Deed(Act.SIGNED_IN, AuditNoun.USER, user.id, key))
        self._last[key] = now
        self._last.move_to_end(key)
        while len(self._last) > MOST_REMEMBERED:
            self._last.popitem(last=False)

    def _acting(self, name: str, user: User | None, address: str) -> Store:
        return self._store.acting(Author(AuthorKind.USER, name, None if user is None else user.id, address=address), self._now)


def principal_of(user: User) -> Principal:
    """Tell who calls where somebody has said which user it is, and no token."""
    return Principal(user.facts.name, ROLES[user.facts.role], viewer_of(user), user.id)
