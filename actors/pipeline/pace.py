"""How long pages take of late, and when one is late."""

from collections import deque
from statistics import median

# Of these many pages, so that a scan of another kind counts soon.
REMEMBERED = 50
# Fewer tell nothing of the next.
ENOUGH = 5
TIMES_LATE = 3.0
# A page that is turned, cleaned and read again takes several times as long as its neighbours, and is no reason to have it read twice.
LEAST_SECONDS = 15.0


class Pace:
    """Remembers the seconds that the last pages took."""

    def __init__(self) -> None:
        self._seconds = deque[float](maxlen=REMEMBERED)

    def took(self, seconds: float) -> None:
        """Note what a page took, from being sent to its answer."""
        self._seconds.append(seconds)

    def late_after(self) -> float | None:
        """Tell after how many seconds a page is late; None while too few are known."""
        if len(self._seconds) < ENOUGH:
            return None
        return max(TIMES_LATE * median(self._seconds), LEAST_SECONDS)
