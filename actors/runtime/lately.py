"""How often something happened of late."""

from collections import deque
from collections.abc import Callable

# Counts are kept for each step alone: a reader that reads three pages a second would fill a list of moments.
STEP_SECONDS = 5
LONGEST_SECONDS = 3_600


class Lately:
    """Counts for an hour, to a step of 5 seconds. Lost with its process, which has then done nothing of late."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._steps: deque[tuple[int, int]] = deque(maxlen=LONGEST_SECONDS // STEP_SECONDS)

    def add(self) -> None:
        """Count one more."""
        step = self._step()
        count = self._steps.pop()[1] if self._steps and self._steps[-1][0] == step else 0
        self._steps.append((step, count + 1))

    def within(self, seconds: int) -> int:
        """Tell how many there were in so many seconds, an hour at most."""
        first = self._step() - seconds // STEP_SECONDS
        return sum(count for step, count in self._steps if step > first)

    def _step(self) -> int:
        return int(self._steady() // STEP_SECONDS)
