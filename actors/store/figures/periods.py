"""Days, weeks, months and years. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, takewhile

from actors.store.nouns.figures import Period

_DAY = timedelta(days=1)


def begin_of(period: Period, day: date) -> date:
    """Give the first day of the period in which a day lies."""
    match period:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case Period.YEAR:
            return day.replace(month=1, day=1)


def end_of(period: Period, day: date) -> date:
    """Give the first day of the period after the one in which a day lies."""
    longest = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 31, Period.YEAR: 366}
    return begin_of(period, begin_of(period, day) + timedelta(days=longest[period]))


def latest(period: Period, count: int, today: date) -> tuple[date, ...]:
    """Give the first days of so many periods, the oldest first; the last holds today."""
    return tuple(islice(_backwards(period, today), count))[::-1]


def since(period: Period, first: date, today: date, most: int) -> tuple[date, ...]:
    """Give the first days of the periods from that of a day to that of today, the oldest first; at most so many of the latest."""
    begin = begin_of(period, first)
    return tuple(islice(takewhile(lambda start: start >= begin, _backwards(period, today)), most))[::-1]


def _backwards(period: Period, day: date) -> Iterator[date]:
    start = begin_of(period, day)
    while True:
        yield start
        if start == date.min:
            return
        start = begin_of(period, start - _DAY)
