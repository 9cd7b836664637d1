"""Plans ranges of numbers and dates that have a column."""

from datetime import date, datetime, time, timedelta, tzinfo

from tantivy import FieldType, Query

from actors.index.clauses import choosing
from actors.index.query import DateRange, NumberRange
from actors.index.schema import document_schema

# Within what a column holds; nothing real is larger.
_LARGEST = 2**62


def number_range(node: NumberRange) -> Query:
    """Find documents with a number in the range."""
    least = None if node.low is None else int(min(max(node.low, -_LARGEST), _LARGEST))
    most = None if node.high is None else int(min(max(node.high, -_LARGEST), _LARGEST))
    return _column(node.field, least, most)


def date_range(node: DateRange, zone: tzinfo) -> Query:
    """Find documents with a day in the range; a moment belongs to the day that it has in the zone."""
    if node.field == "created":
        first, last = (None if day is None else day.toordinal() for day in (node.first, node.last))
        return _column("created_day", first, last)
    begin = None if node.first is None else first_second(node.first, zone)
    end = None if node.last is None else last_second(node.last, zone)
    return _column(f"{node.field}_second", begin, end)


def first_second(day: date, zone: tzinfo) -> int:
    """Give the second with which a day begins."""
    return int(datetime.combine(day, time(), zone).timestamp())


def last_second(day: date, zone: tzinfo) -> int:
    """Give the last second of a day, which is not always its 86,400th; the calendar's last day has no next one."""
    return _LARGEST if day == date.max else first_second(day + timedelta(days=1), zone) - 1


def _column(field: str, low: int | None, high: int | None) -> Query:
    return choosing(Query.range_query(document_schema(), field, FieldType.Integer, low, high))
