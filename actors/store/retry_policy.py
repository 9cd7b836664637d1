"""When a job that failed is tried again, and when it is given up (RELIABILITY R5). Pure."""

from datetime import timedelta

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 5
MAX_KILLS = 3
FIRST_DELAY = timedelta(seconds=15)
MAX_DELAY = timedelta(minutes=15)
JITTER = 0.2


def restart_delay(failures: int, jitter: float) -> timedelta:
    """Give the pause after the n-th failure in a row: 15 s, doubled each time up to 15 min, moved by `jitter` (-1 to 1) times 20 %."""
    doublings = min(failures - 1, 10)  # beyond the longest pause, and far from overflow
    return min(FIRST_DELAY * (1 << doublings), MAX_DELAY) * (1 + JITTER * jitter)


def is_given_up(attempt: int, retryable: bool) -> bool:
    """Tell whether a job that failed in this attempt is not tried again."""
    return not retryable or attempt >= MAX_ATTEMPTS
