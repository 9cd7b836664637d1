"""Numbers, dates and ranges of the grammar: what a field's value means."""

import math
import re
from datetime import date, timedelta

from actors.index.dates import EXPECTED_DATE, Period, parse_period
from actors.index.errors import QueryError
from actors.index.fields import Field, FieldKind
from actors.index.marks import Mark
from actors.index.query import QUOTES, DateRange, Match, Node, NumberRange, Word

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_BETWEEN = re.compile(r"\s+to\s+", re.IGNORECASE)
_ONE_DAY = timedelta(days=1)
_UNORDERED = {FieldKind.TEXT: "words", FieldKind.TRUTH: "yes or no", FieldKind.MARK: f"one of {', '.join(Mark)}"}
_TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def number_in(text: str) -> float | None:
    """Read a number; None when the text is none."""
    value = float(text) if _NUMBER.fullmatch(text) else math.inf
    return None if math.isinf(value) else value


def truth_in(text: str) -> bool | None:
    """Read a yes or no; None when the text is neither."""
    return _TRUTHS.get(text.lower())


def parse_single(field: Field, text: str, column: int, today: date) -> Node:
    """Read one number, date or yes or no, which stands for itself or for its days."""
    if field.kind is FieldKind.TRUTH:
        if truth_in(text) is None:
            raise QueryError(column, f"yes or no, as in {field.example}", f'"{text}" is neither')
        return Word(text, field.name, Match.WHOLE)
    if field.kind is FieldKind.MARK:
        if text.lower() not in frozenset(Mark):
            raise QueryError(column, f"one of {', '.join(Mark)}, as in {field.example}", f'"{text}" is nothing that a document is')
        return Word(text.lower(), field.name, Match.WHOLE)
    if field.kind is FieldKind.DATE:
        period = _period(text, column, today)
        return DateRange(field.name, period.first, period.last)
    number = _number(field, text, column)
    return NumberRange(field.name, number, number)


def parse_comparison(field: Field, sign: str, text: str, column: int, today: date) -> Node:
    """Read what stands behind >, >=, < or <=."""
    _needs_order(field, column)
    if _is_date(field, text, today):
        period = _period(text, column, today)
        match sign:
            case ">=":
                return DateRange(field.name, period.low, None)
            case "<=":
                return DateRange(field.name, None, period.high)
            case ">":
                return DateRange(field.name, _shifted(period.high, _ONE_DAY, column), None)
            case _:
                return DateRange(field.name, None, _shifted(period.low, -_ONE_DAY, column))
    number = _number(field, text, column, whole=False)
    match sign:
        case ">=":
            return NumberRange(field.name, _ceiling(field, number), None)
        case "<=":
            return NumberRange(field.name, None, _floor(field, number))
        case ">":
            return NumberRange(field.name, _above(field, number), None)
        case _:
            return NumberRange(field.name, None, -_above(field, -number))


def parse_range(field: Field, inner: str, column: int, today: date) -> Node:
    """Read what stands between brackets: two bounds, one of which may be *."""
    _needs_order(field, column)
    bounds = [part.strip().strip(QUOTES).strip() for part in _BETWEEN.split(f" {inner} ")]
    if len(bounds) != 2 or bounds == ["*", "*"] or not all(bounds):
        raise QueryError(column, "[low to high]", "a range without its two bounds")
    low, high = (None if bound == "*" else bound for bound in bounds)
    if _is_date(field, high if low is None else low, today):
        first = None if low is None else _period(low, column, today).low
        last = None if high is None else _period(high, column, today).high
        if first is not None and last is not None and first > last:
            raise QueryError(column, "the earlier date first", "a range that ends before it begins")
        return DateRange(field.name, first, last)
    least = None if low is None else _ceiling(field, _number(field, low, column, whole=False))
    most = None if high is None else _floor(field, _number(field, high, column, whole=False))
    if least is not None and most is not None and least > most:
        raise QueryError(column, "the smaller number first", "a range that ends before it begins")
    return NumberRange(field.name, least, most)


def _needs_order(field: Field, column: int) -> None:
    if what := _UNORDERED.get(field.kind):
        raise QueryError(column, f"{what}, as in {field.example}", f'the field "{field.name}" has neither numbers nor dates')


def _is_date(field: Field, text: str | None, today: date) -> bool:
    """A custom field holds either: what reads as a number is one."""
    if field.kind is FieldKind.CUSTOM:
        return text is not None and not _NUMBER.fullmatch(text) and parse_period(text, today) is not None
    return field.kind is FieldKind.DATE


def _period(text: str, column: int, today: date) -> Period:
    period = parse_period(text, today)
    if period is None:
        raise QueryError(column, EXPECTED_DATE, f'"{text}" is not a date')
    return period


def _number(field: Field, text: str, column: int, whole: bool = True) -> float:
    value = number_in(text)
    if value is None or (whole and field.kind is FieldKind.NUMBER and value != int(value)):
        raise QueryError(column, f"a number, as in {field.example}", f'"{text}" is not a number')
    return value


def _above(field: Field, number: float) -> float:
    return math.floor(number) + 1.0 if field.kind is FieldKind.NUMBER else math.nextafter(number, math.inf)


def _ceiling(field: Field, number: float) -> float:
    return float(math.ceil(number)) if field.kind is FieldKind.NUMBER else number


def _floor(field: Field, number: float) -> float:
    return float(math.floor(number)) if field.kind is FieldKind.NUMBER else number


def _shifted(day: date, by: timedelta, column: int) -> date:
    try:
        return day + by
    except OverflowError:
        raise QueryError(column, EXPECTED_DATE, "the calendar ends here") from None
