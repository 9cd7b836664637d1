"""Whose a token is: the machine's own, or a user's."""

import asyncio
import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from actors.identity.names import LOCAL
from actors.identity.tokens import digest
from actors.store.errors import StoreError
from actors.store.identity.tokens import Tokens
from actors.store.nouns.access import viewer_of
from actors.store.nouns.identity import Token, User
from daemon.service.callers import ADMINISTRATOR, Principal
from daemon.service.wire.identity import ROLES, SCOPES
from scriba.v1 import access_pb2

# So long a token goes on after it was revoked by another process; it was promised to be no longer than five.
REMEMBERED_SECONDS = 2.0
MOST_REMEMBERED = 1_000
# The last use is told to the minute, which spares a write for each call.
USE_NOTED = timedelta(minutes=1)


class LocalToken:
    """Knows the one token of this machine's administrator."""

    def __init__(self, token: str) -> None:
        self._digest = hashlib.sha256(token.encode()).digest()

    def principal(self, token: str) -> Principal | None:
        """Return the administrator of this machine, for its token."""
        # Digests are compared, in constant time: neither length nor prefix of the real token shows in the time taken.
        same = hmac.compare_digest(hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest(), self._digest)
        return Principal(LOCAL, access_pb2.ROLE_ADMIN, ADMINISTRATOR) if same else None


@dataclass(frozen=True, slots=True)
class _Known:
    principal: Principal | None
    until: float


class StoredTokens:
    """Knows the local token, and those of users. What the database has said is remembered for two seconds.

    `clock` counts seconds and never jumps; `now` is the time of day.
    """

    def __init__(self, local: LocalToken, tokens: Tokens, now: Callable[[], datetime], clock: Callable[[], float]) -> None:
        self._local = local
        self._tokens = tokens
        self._now = now
        self._clock = clock
        self._known = OrderedDict[str, _Known]()

    async def principal(self, token: str, address: str) -> Principal | None:
        """Return who holds the token, which is used from an address; None when nobody does. Raises StoreUnavailable."""
        if local := self._local.principal(token):
            return local
        key, now = digest(token), self._clock()
        known = self._known.get(key)
        if known is None or known.until <= now:
            known = _Known(await asyncio.to_thread(self._ask, key, address), now + REMEMBERED_SECONDS)
            self._known[key] = known
            self._known.move_to_end(key)
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        return known.principal

    def forget(self) -> None:
        """Ask again about every token: one was revoked, or somebody may do something else by now."""
        self._known.clear()

    def _ask(self, key: str, address: str) -> Principal | None:
        found = self._tokens.find(key, self._now())
        if found is None:
            return None
        token, user = found
        self._note_use(token, address)
        return principal_of(token, user)

    def _note_use(self, token: Token, address: str) -> None:
        now = self._now()
        if token.use_time is not None and token.address == address and now - token.use_time < USE_NOTED:
            return
        with suppress(StoreError):  # a store that can't be written just now still lets people read
            self._tokens.used(token.id, address, now)


def principal_of(token: Token, user: User) -> Principal:
    """Tell who calls with a token."""
    scopes = frozenset(SCOPES[scope] for scope in token.scopes)
    return Principal(user.facts.name, ROLES[user.facts.role], viewer_of(user), user.id, token.id, scopes, token.name)
