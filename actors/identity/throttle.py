"""How often a secret may be guessed: a few failures within a quarter of an hour, then ever longer pauses."""

from collections import OrderedDict
from dataclasses import dataclass

WINDOW_SECONDS = 15 * 60.0
FIRST_PAUSE_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 15 * 60.0
# Of those that fail most recently. Whoever fills it from many addresses makes us forget addresses, not what he is guessing at.
MOST_REMEMBERED = 10_000
_MOST_DOUBLINGS = 16


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: float


class Throttle:
    """Counts failures by key. `free` of them cost nothing; a success, or a quarter of an hour in peace, begins anew.

    Times are seconds of a clock that never jumps.
    """

    def __init__(self, free: int) -> None:
        self._free = free
        self._failures = OrderedDict[str, _Failures]()

    def pause(self, key: str, now: float) -> float:
        """Tell how many seconds to wait before the next try; none, as a rule."""
        known = self._known(key, now)
        if known.count < self._free:
            return 0.0
        pause = FIRST_PAUSE_SECONDS * (1 << min(known.count - self._free, _MOST_DOUBLINGS))
        return max(known.last + min(pause, LONGEST_PAUSE_SECONDS) - now, 0.0)

    def failed(self, key: str, now: float) -> None:
        """Count a failure."""
        self._failures[key] = _Failures(self._known(key, now).count + 1, now)
        self._failures.move_to_end(key)
        while len(self._failures) > MOST_REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures."""
        self._failures.pop(key, None)

    def _known(self, key: str, now: float) -> _Failures:
        known = self._failures.get(key)
        return known if known is not None and now - known.last < WINDOW_SECONDS else _Failures(0, now)
