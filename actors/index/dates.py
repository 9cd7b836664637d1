"""Periods in the words of a query: years, months, days, and those that move with today."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]  # has no stubs

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_RELATIVE = re.compile(r"([+-])(\d{1,5}) ?(d|w|m|q|y|days?|weeks?|months?|quarters?|years?)")
_CALENDAR = re.compile(r"(this|current|last|previous|next) (week|month|quarter|year)")
_DAYS = {"yesterday": -1, "today": 0, "now": 0, "tomorrow": 1}
_STEPS = {"this": 0, "current": 0, "last": -1, "previous": -1, "next": 1}

PERIOD_STARTS = frozenset(_STEPS)
EXPECTED_DATE = 'a date: 2024, 2024-03, 2024-03-31, today, yesterday, "last week", "this month" or -7d'


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included. `point` is the day that counts when the period bounds a range."""

    first: date
    last: date
    point: date | None = None

    @property
    def low(self) -> date:
        """The day on which a range from here begins."""
        return self.point or self.first

    @property
    def high(self) -> date:
        """The day with which a range up to here ends."""
        return self.point or self.last


def parse_period(text: str, today: date) -> Period | None:
    """Read a period; None when the text is no date, or lies outside the calendar."""
    words = " ".join(text.lower().split())
    try:
        for pattern, read in _READERS:
            if found := pattern.fullmatch(words):
                return read(found, today)
        if words in _DAYS:
            return _day(today + timedelta(days=_DAYS[words]))
    except (ValueError, OverflowError):
        return None
    return None


def _read_iso(found: re.Match[str], _today: date) -> Period:
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if day:
        return _day(date(year, month, day))
    if found[2]:
        return _months(date(year, month, 1), 1)
    return _months(date(year, 1, 1), 12)


def _read_compact(found: re.Match[str], _today: date) -> Period:
    return _day(date(int(found[1]), int(found[2]), int(found[3])))


def _read_dotted(found: re.Match[str], _today: date) -> Period:
    return _day(date(int(found[3]), int(found[2]), int(found[1])))


def _read_relative(found: re.Match[str], today: date) -> Period:
    count = int(found[1] + found[2])
    match found[3][0]:
        case "d":
            shift = relativedelta(days=count)
        case "w":
            shift = relativedelta(weeks=count)
        case "m":
            shift = relativedelta(months=count)
        case "q":
            shift = relativedelta(months=3 * count)
        case _:
            shift = relativedelta(years=count)
    point = today + shift
    return Period(min(point, today), max(point, today), point)


def _read_calendar(found: re.Match[str], today: date) -> Period:
    step = _STEPS[found[1]]
    match found[2]:
        case "week":
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
            return Period(monday, monday + timedelta(days=6))
        case "month":
            return _months(today.replace(day=1) + relativedelta(months=step), 1)
        case "quarter":
            begin = today.replace(month=today.month - (today.month - 1) % 3, day=1)
            return _months(begin + relativedelta(months=3 * step), 3)
        case _:
            return _months(date(today.year + step, 1, 1), 12)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period]], ...] = (
    (_ISO, _read_iso),
    (_COMPACT, _read_compact),
    (_DOTTED, _read_dotted),
    (_RELATIVE, _read_relative),
    (_CALENDAR, _read_calendar),
)


def _day(day: date) -> Period:
    return Period(day, day)


def _months(first: date, count: int) -> Period:
    """`count` months from the first of one; counted from its last month, so that the year 9999 has an end too."""
    final = first + relativedelta(months=count - 1)
    return Period(first, final + relativedelta(day=31))
