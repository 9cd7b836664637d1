"""Who is let into the cluster, by a code or by the key of a machine that has joined; guessing at either is made slow."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from actors.identity.throttle import Throttle
from actors.identity.tokens import digest, new_token
from actors.store.nodes.errors import JoinCodeUsedUp, NodeUnknown
from actors.store.nouns.audit import Author, AuthorKind
from actors.store.nouns.nodes import JoinedNode
from actors.store.store import Store
from daemon.service.refusals import TooManyFailures

# Of one address, as of passwords.
FREE_FAILURES = 5


class LettingIn:
    """Works in threads. `clock` counts seconds and never jumps; `now` is the time of day."""

    def __init__(self, store: Store, now: Callable[[], datetime], clock: Callable[[], float]) -> None:
        self._store, self._now, self._clock = store, now, clock
        self._throttle = Throttle(FREE_FAILURES)

    def let_in(self, code: str, key: str, hostname: str, address: str) -> tuple[JoinedNode, str]:
        """Let a machine in by a code, and give its key once; or by that key, which then is not given again.

        Raises JoinCodeUsedUp, NodeUnknown, TooManyFailures.
        """
        now = self._now()
        with self._guessed(address):
            if code:
                made = new_token()
                store = self._store.acting(Author(AuthorKind.UNKNOWN, "", address=address), self._now)
                return store.nodes.join(digest(code), hostname, digest(made), now), made
            node = self._store.nodes.find(digest(key))
            self._store.nodes.seen(node.id, hostname, now, leaving=False)
            return node, ""

    def heard(self, key: str, address: str, *, leaving: bool) -> JoinedNode:
        """Note that a machine is there. Raises NodeUnknown when it was removed, TooManyFailures."""
        with self._guessed(address):
            node = self._store.nodes.find(digest(key))
            self._store.nodes.seen(node.id, node.hostname, self._now(), leaving=leaving)
            return node

    @contextmanager
    def _guessed(self, address: str) -> Iterator[None]:
        now = self._clock()
        if (pause := self._throttle.pause(address, now)) > 0:
            raise TooManyFailures(pause)
        try:
            yield
        except (JoinCodeUsedUp, NodeUnknown):
            self._throttle.failed(address, now)
            raise
        self._throttle.succeeded(address)
