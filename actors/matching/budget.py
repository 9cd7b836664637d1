"""How long the rules that may take long are given for one text."""

from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Allowance:
    """Seconds for one text: of one regular expression, and of all regular expressions and fuzzy rules together.

    A pattern that runs out of time in so many texts one after another is set aside: an archive that is gone through again must end.
    """

    pattern_seconds: float = 0.25
    text_seconds: float = 1.0
    most_timeouts: int = 3


class Budget:
    """The seconds that are left for one text."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Give the seconds that are left, 0 when there are none."""
        return max(self._end - self._clock(), 0.0)
