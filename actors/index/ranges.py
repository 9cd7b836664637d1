"""Plans ranges of numbers and dates."""

from datetime import date, datetime, time, timedelta, tzinfo

from tantivy import FieldType, Query

from actors.index.clauses import choosing, text_range
from actors.index.entry import DAY_SIGN, NUMBER_SIGN, custom_key, day_key, number_key, range_key
from actors.index.fields import CUSTOM_PREFIX
from actors.index.query import DateRange, NumberRange
from actors.index.schema import document_schema

# Within what a column holds; nothing real is larger.
_LARGEST = 2**62


def number_range(node: NumberRange) -> Query:
    """Find documents with a number in the range."""
    if node.field.startswith(CUSTOM_PREFIX):
        low, high = (None if bound is None else number_key(bound) for bound in (node.low, node.high))
        return _keys(node.field, NUMBER_SIGN, low, high)
    least = None if node.low is None else int(min(max(node.low, -_LARGEST), _LARGEST))
    most = None if node.high is None else int(min(max(node.high, -_LARGEST), _LARGEST))
    return _column(node.field, least, most)


def date_range(node: DateRange, zone: tzinfo) -> Query:
    """Find documents with a day in the range; a moment belongs to the day that it has in the zone."""
    if node.field.startswith(CUSTOM_PREFIX):
        low, high = (None if day is None else day_key(day) for day in (node.first, node.last))
        return _keys(node.field, DAY_SIGN, low, high)
    if node.field == "created":
        first, last = (None if day is None else day.toordinal() for day in (node.first, node.last))
        return _column("created_day", first, last)
    begin = None if node.first is None else _begin(node.first, zone)
    end = None if node.last is None else _end(node.last, zone)
    return _column(f"{node.field}_second", begin, end)


def _begin(day: date, zone: tzinfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp())


def _end(day: date, zone: tzinfo) -> int:
    """The last second of a day, which is not always its 86,400th; the calendar's last day has no next one."""
    return _LARGEST if day == date.max else _begin(day + timedelta(days=1), zone) - 1


def _column(field: str, low: int | None, high: int | None) -> Query:
    return choosing(Query.range_query(document_schema(), field, FieldType.Integer, low, high))


def _keys(field: str, sign: str, low: str | None, high: str | None) -> Query:
    """Search the ordered values of a custom field; an open side ends with the values of its kind."""
    key = custom_key(field.removeprefix(CUSTOM_PREFIX))
    return choosing(text_range("range", range_key(key, low or sign), range_key(key, high or f"{sign}~"), included=True))
