"""What a browser keeps for us while its user is at the provider: sealed, for ten minutes, good for one answer."""

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass

from actors.openid.flow import Asked
from actors.sealing.errors import CannotUnseal
from actors.sealing.seals import Seals
from actors.store.nouns.identity import UserId
from actors.store.nouns.sealed import MARK, Sealed
from daemon.service.refusals import SignInExpired

PENDING_SECONDS = 600
MOST_USED = 10_000


@dataclass(frozen=True, slots=True)
class Pending:
    """A walk under way. `to` is the page to go on to; `user` is who walks, None for somebody who is about to sign in; `thing` what for."""

    asked: Asked
    to: str
    user: UserId | None
    thing: int = 0


class Pendings:
    """Seals walks of one purpose, and takes each once. `clock` is the time of day in seconds."""

    def __init__(self, seals: Seals, clock: Callable[[], float], purpose: str = "openid") -> None:
        self._seals, self._clock = seals, clock
        # So that nothing else that was sealed here is taken for one.
        self._purpose = purpose
        self._used = OrderedDict[str, None]()

    def keep(self, pending: Pending) -> str:
        """Give what the browser keeps."""
        told = {"purpose": self._purpose, "time": self._clock(), **asdict(pending)}
        # Without the signs that a cookie would be put into quotes for, which browsers send back.
        return self._seals.seal(json.dumps(told)).removeprefix(MARK).rstrip("=")

    def take(self, kept: str) -> Pending:
        """Read what the browser has kept; raises SignInExpired for what is old, was taken before, or is none of ours."""
        try:
            told = json.loads(self._seals.unseal(Sealed(kept + "=" * (-len(kept) % 4))))
        except (CannotUnseal, ValueError):
            raise SignInExpired from None
        if not isinstance(told, dict) or told.get("purpose") != self._purpose or not 0 <= self._clock() - told["time"] < PENDING_SECONDS:
            raise SignInExpired
        pending = Pending(Asked(**told["asked"]), told["to"], told["user"], told["thing"])
        if pending.asked.state in self._used:
            raise SignInExpired
        self._used[pending.asked.state] = None
        while len(self._used) > MOST_USED:
            self._used.popitem(last=False)
        return pending


def page_of_ours(path: str) -> str:
    """Give a path to go on to; what leads anywhere else leads to the first page."""
    # Browsers take a backslash for a slash, leave out tabs and ends of lines, and take two slashes for another host.
    plain = path.isascii() and path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") and len(path) < 1_000 else "/"
