"""How many recipients somebody may write to in an hour: an account that was taken over is no source of junk."""

from collections import deque
from collections.abc import Callable

from actors.store.nouns.identity import UserId
from daemon.service.refusals import TooManyMails

MOST_AN_HOUR = 100
_HOUR_SECONDS = 3600.0


class Pace:
    """Counts by user; the machine's own command line is one. `clock` counts seconds and never jumps."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sent = dict[UserId | None, deque[float]]()

    def take(self, user: UserId | None, recipients: int) -> None:
        """Count some recipients; raises TooManyMails, and then counts none."""
        now, sent = self._clock(), self._sent.setdefault(user, deque())
        while sent and sent[0] <= now - _HOUR_SECONDS:
            sent.popleft()
        beyond = len(sent) + recipients - MOST_AN_HOUR
        if beyond > 0:
            raise TooManyMails(MOST_AN_HOUR, sent[beyond - 1] + _HOUR_SECONDS - now)
        sent.extend([now] * recipients)
