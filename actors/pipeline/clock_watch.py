"""Notices that the clock on the wall was set, by the one that nobody sets."""

from datetime import datetime, timedelta

# A clock that is only corrected moves by less between two looks.
NOTICEABLE_SECONDS = 1.0


class ClockWatch:
    """Compares two clocks at each look."""

    def __init__(self) -> None:
        self._apart: float | None = None

    def moved(self, wall: datetime, steady: float) -> timedelta:
        """Tell by how much the wall clock was set since the last look; nothing at the first."""
        apart = wall.timestamp() - steady
        by = 0.0 if self._apart is None else apart - self._apart
        self._apart = apart
        return timedelta(seconds=by) if abs(by) > NOTICEABLE_SECONDS else timedelta()
