"""Values of custom fields: checked, kept as JSON, and as people read them."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import urlsplit

from actors.store.errors import FieldValueInvalid
from actors.store.nouns.catalog import Field, FieldKind, FieldValue, Money
from actors.store.rows.columns import clean_text

LONGEST_TEXT = 128
LONGEST_LONG_TEXT = 64_000
LONGEST_URL = 2_000
MOST_CHOICES = 200
MOST_LINKS = 1_000
# What both databases keep in JSON, and every client reads, without losing a digit.
LARGEST_INTEGER = 2**53 - 1
_EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,255}")
_CURRENCY = re.compile(r"([A-Z]{3})?")
_MOST_DIGITS = 15

# What lies in a JSON column.
Kept = object


def kept_value(field: Field, value: FieldValue) -> Kept:
    """Check a value and give it as it is kept; raises FieldValueInvalid."""
    return _KEEPERS[field.kind](field, value)


def value_of(kind: FieldKind, kept: Kept) -> FieldValue:
    """Give the value of what was kept."""
    match kind, kept:
        case FieldKind.DATE, str(text):
            return date.fromisoformat(text)
        case FieldKind.DATE_TIME, str(text):
            return datetime.fromisoformat(text)
        case FieldKind.MONEY, [str(amount), str(currency)]:
            return Money(Decimal(amount), currency)
        case FieldKind.CHOICES | FieldKind.DOCUMENTS, list(numbers):
            return tuple(numbers)
        case _, str() | bool() | int() | float():
            return kept
        case _:
            raise TypeError(f"{kept!r} is no kept value of a field of {kind}")


def shown_value(field: Field, kept: Kept) -> str:
    """Write a kept value for people; options by their names."""
    if kept is None:
        return ""
    value, options = value_of(field.kind, kept), field.facts.options or {}
    match value:
        case bool():
            return "yes" if value else "no"
        case Money():
            return f"{value.amount} {value.currency}".strip()
        case int() if field.kind is FieldKind.CHOICE:
            return options.get(value, "")
        case tuple() if field.kind is FieldKind.CHOICES:
            return ", ".join(options[number] for number in value if number in options)
        case tuple():
            return ", ".join(map(str, value))
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case _:
            return str(value)


def _text(longest: int) -> Callable[[Field, FieldValue], Kept]:
    def keep(field: Field, value: FieldValue) -> Kept:
        if not isinstance(value, str) or not 0 < len(value) <= longest:
            raise FieldValueInvalid(field.facts.name, f"a text of 1 to {longest:,} characters")
        return clean_text(value)

    return keep


def _url(field: Field, value: FieldValue) -> Kept:
    text = value if isinstance(value, str) and len(value) <= LONGEST_URL else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    # A browser would run what a javascript: address holds.
    if parts.scheme not in ("http", "https", "ftp", "mailto", "file") or not (parts.netloc or parts.path.strip("/")):
        raise FieldValueInvalid(field.facts.name, "an address like https://example.org/page")
    return clean_text(text)


def _email(field: Field, value: FieldValue) -> Kept:
    if not isinstance(value, str) or not _EMAIL.fullmatch(value):
        raise FieldValueInvalid(field.facts.name, "an e-mail address like name@example.org")
    return clean_text(value)


def _date(field: Field, value: FieldValue) -> Kept:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise FieldValueInvalid(field.facts.name, "a date like 2024-02-29")
    return value.isoformat()


def _date_time(field: Field, value: FieldValue) -> Kept:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise FieldValueInvalid(field.facts.name, "a moment with its time zone, like 2024-02-29T12:30:00Z")
    return value.astimezone(UTC).isoformat()


def _boolean(field: Field, value: FieldValue) -> Kept:
    if not isinstance(value, bool):
        raise FieldValueInvalid(field.facts.name, "yes or no")
    return value


def _integer(field: Field, value: FieldValue) -> Kept:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST_INTEGER:
        raise FieldValueInvalid(field.facts.name, f"a whole number between -{LARGEST_INTEGER:,} and {LARGEST_INTEGER:,}")
    return value


def _number(field: Field, value: FieldValue) -> Kept:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise FieldValueInvalid(field.facts.name, "a number")
    return float(value)


def _money(field: Field, value: FieldValue) -> Kept:
    expected = "an amount like 12.30, and a currency of three capitals like EUR or none"
    if not isinstance(value, Money) or not _CURRENCY.fullmatch(value.currency) or not value.amount.is_finite():
        raise FieldValueInvalid(field.facts.name, expected)
    amount = value.amount.quantize(Decimal("0.01")) if value.amount.adjusted() < _MOST_DIGITS else value.amount
    if amount != value.amount or value.amount.adjusted() >= _MOST_DIGITS:
        raise FieldValueInvalid(field.facts.name, expected)
    return [str(amount), value.currency or field.facts.currency]


def _choice(field: Field, value: FieldValue) -> Kept:
    if isinstance(value, bool) or not isinstance(value, int) or value not in (field.facts.options or {}):
        raise FieldValueInvalid(field.facts.name, _options(field))
    return value


def _choices(field: Field, value: FieldValue) -> Kept:
    if not isinstance(value, tuple) or not 0 < len(value) <= MOST_CHOICES or not set(value) <= set(field.facts.options or {}):
        raise FieldValueInvalid(field.facts.name, _options(field))
    return list(dict.fromkeys(value))


def _documents(field: Field, value: FieldValue) -> Kept:
    if not isinstance(value, tuple) or not 0 < len(value) <= MOST_LINKS:
        raise FieldValueInvalid(field.facts.name, f"the ids of 1 to {MOST_LINKS:,} documents")
    return sorted(set(value))


def _options(field: Field) -> str:
    return f"one of {', '.join((field.facts.options or {}).values())}"


_KEEPERS: Mapping[FieldKind, Callable[[Field, FieldValue], Kept]] = {
    FieldKind.TEXT: _text(LONGEST_TEXT),
    FieldKind.LONG_TEXT: _text(LONGEST_LONG_TEXT),
    FieldKind.URL: _url,
    FieldKind.EMAIL: _email,
    FieldKind.DATE: _date,
    FieldKind.DATE_TIME: _date_time,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.INTEGER: _integer,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.DOCUMENTS: _documents,
}
