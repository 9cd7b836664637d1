"""When a job that failed is tried again, and when it is given up (RELIABILITY R5). Pure."""

from datetime import datetime, timedelta

from actors.store.nouns.jobs import JobState

LEASE = timedelta(seconds=60)
# How long a job rests whose work the store itself could not keep.
PUT_OFF = timedelta(seconds=15)
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


def latest_due_time(state: JobState, attempt: int, now: datetime) -> datetime:
    """Give the latest moment at which a job in this state can be due; one beyond it was written when the clock said something else."""
    match state:
        case JobState.RUNNING:
            return now + LEASE
        case JobState.RETRYING:
            return now + max(restart_delay(max(attempt, 1), 1.0), PUT_OFF)
        case _:
            return now
