"""How long to wait before trying again, and when to give up."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits longer after each failure in a row; `attempts` failures in a row without progress are the end."""

    attempts: int = 6
    first_seconds: float = 0.25
    longest_seconds: float = 5.0
    pause: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def is_over(self, failures: int) -> bool:
        """Tell whether so many failures in a row are enough."""
        return failures >= self.attempts

    def wait(self, failures: int) -> None:
        """Pause after that many failures in a row, between half and all of the delay, so that many clients don't come back at once."""
        delay = min(self.first_seconds * 2 ** min(failures - 1, 30), self.longest_seconds)
        self.pause(delay * (0.5 + self.chance() / 2))
