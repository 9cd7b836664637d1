"""Whether the clock on the wall can be believed where what it says removes something for ever."""

from datetime import UTC, datetime, timedelta

# A clock that is only corrected moves by less between two looks.
LEAP = timedelta(hours=1)
# Nobody looks while the daemon is off. So long may that be before the clock has to explain itself.
BREAK = timedelta(days=7)
# Before all that anybody has kept.
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
# How long a clock that went ahead has to stand by it; one that was set by mistake is set right by then.
DOUBT = timedelta(hours=6)


class ClockDoubt:
    """Compares the clock at each look with one that nobody sets, and across a restart with when the work was done last."""

    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None
        self._ahead = timedelta()
        self._noticed = 0.0

    def ahead(self, wall: datetime, steady: float, done_time: datetime | None) -> timedelta:
        """Tell by how much the clock has gone ahead and is not believed yet; nothing where it is.

        `steady` are seconds of a clock that goes on while the machine sleeps.
        """
        expected = wall
        if self._last is not None:
            expected = self._last[0] + timedelta(seconds=steady - self._last[1]) + LEAP
        elif done_time is not None:
            expected = done_time + BREAK
        self._last = wall, steady
        if wall > expected:
            self._ahead, self._noticed = wall - expected, steady
        if steady - self._noticed >= DOUBT.total_seconds():
            self._ahead = timedelta()
        return self._ahead


def believed(wall: datetime, ahead: timedelta, done_time: datetime | None) -> datetime:
    """Give the moment up to which work may be done: now or, where the clock is ahead, that at which it was done last."""
    return min(wall, done_time or LONG_AGO) if ahead else wall


def doubt_words(ahead: timedelta, what: str) -> str:
    """Tell a person that the clock is not believed yet, and what comes in how many hours."""
    span = f"{ahead.days:,} days" if ahead.days > 1 else f"{int(ahead.total_seconds() // 3600)} hours"
    return f"the clock went ahead by {span}; unless it is set right, {what} in {int(DOUBT.total_seconds() // 3600)} hours"
