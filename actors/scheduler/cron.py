"""When a task is due: the five fields of a cron expression, in a time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from croniter import CroniterError, croniter  # type: ignore[import-untyped]  # has no stubs

DISABLED = "disable"
FIELDS = 5
# An expression that names no day within these is a mistake, such as the 31st of April.
MOST_YEARS = 9


class ScheduleError(ValueError):
    """The text is no schedule."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' is no schedule: write five fields, minute hour day month weekday, such as 0 1 * * * for one o'clock each night, "
            f"or {DISABLED} for never"
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """A checked cron expression; made by `parse`."""

    expression: str
    zone: tzinfo = UTC

    def next_after(self, moment: datetime) -> datetime:
        """Give the first time after a moment, both aware.

        The expression speaks of the clock on the wall. What it names in the hour that is skipped in spring comes an hour later, and what it
        names in the hour that comes twice in autumn comes once.
        """
        return next(time for time in self._walls(moment) if time > moment).astimezone(UTC)

    def _walls(self, moment: datetime) -> Iterator[datetime]:
        wall = moment.astimezone(self.zone).replace(tzinfo=None)
        times = croniter(self.expression, wall, ret_type=datetime, max_years_between_matches=MOST_YEARS)
        while True:
            yield times.get_next().replace(tzinfo=self.zone)


def parse(text: str, zone: tzinfo = UTC) -> Schedule | None:
    """Read a cron expression; None for `disable`. Raises ScheduleError."""
    if text.strip().lower() == DISABLED:
        return None
    fields = text.split()
    try:
        if len(fields) != FIELDS or not croniter.is_valid(text):
            raise ScheduleError(text)
        schedule = Schedule(" ".join(fields), zone)
        schedule.next_after(datetime(2024, 1, 1, tzinfo=UTC))
    except (CroniterError, OverflowError) as error:
        raise ScheduleError(text) from error
    return schedule
