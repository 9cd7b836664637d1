"""When a mail that failed is tried again: soon at first, then each hour. None is given up that may yet be taken."""

from datetime import datetime, timedelta

FIRST = timedelta(seconds=15)
# After so many tries the cause is none that passes by itself soon.
QUICK_TRIES = 7
LATER = timedelta(hours=1)


def next_try(failures: int, now: datetime) -> datetime:
    """Tell when, after so many failures."""
    return now + (FIRST * 2 ** (failures - 1) if failures <= QUICK_TRIES else LATER)
