"""Values of custom fields in a form that can be compared: those that documents have, and those that queries name."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from actors.store.assignments.given import Kept
from actors.store.catalog.field_values import value_of
from actors.store.nouns.catalog import Field, FieldKind, Money

Comparable = str | bool | Decimal | date | datetime | frozenset[int]

TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.URL, FieldKind.EMAIL)
ORDERED = (FieldKind.DATE, FieldKind.DATE_TIME, FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY)
SEVERAL = (FieldKind.CHOICES, FieldKind.DOCUMENTS)
_AMOUNT = re.compile(r"(?:[A-Z]{3})?\s*(-?\d{1,18}(?:\.\d{1,6})?)")
_LARGEST = 10**18


class ValueRefused(ValueError):
    """A value that a field can't have."""


def plain(name: str) -> str:
    """Give what names are told apart by: capitals and white space do not count."""
    return " ".join(name.casefold().split())


def comparable(kind: FieldKind, kept: Kept) -> Comparable:
    """Give a document's value as it is compared: numbers and amounts as decimals, without their currency; chosen things as sets."""
    value = value_of(kind, kept)
    match value:
        case bool() | str():
            return value
        case int() if kind is FieldKind.CHOICE:
            return frozenset({value})
        case int() | float():
            return Decimal(str(value))
        case Money():
            return value.amount
        case tuple():
            return frozenset(value)
        case _:
            return value


def wanted(field: Field, told: object) -> Comparable:
    """Read a value of a query; raises ValueRefused."""
    try:
        found = _read(field, told)
    except (ValueError, ArithmeticError, OverflowError):
        found = None
    if found is None:
        raise ValueRefused(f"{str(told)[:60]!r} is no value of the field '{field.facts.name}' ({field.kind.value.replace('_', ' ')})")
    return found


def _read(field: Field, told: object) -> Comparable | None:
    match field.kind, told:
        case FieldKind.BOOLEAN, bool():
            return told
        case FieldKind.CHOICE, str() | int():
            return _options(field, [told])
        case FieldKind.CHOICES, [*several]:
            return _options(field, several)
        case FieldKind.DOCUMENTS, [*several]:
            return frozenset(_document(one) for one in several)
        case FieldKind.DATE, str():
            return date.fromisoformat(told)
        case FieldKind.DATE_TIME, str():
            moment = datetime.fromisoformat(told)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        case FieldKind.INTEGER | FieldKind.NUMBER | FieldKind.MONEY, _:
            return _number(told, field.kind)
        case kind, str() if kind in TEXTS:
            return told
        case _:
            return None


def _number(told: object, kind: FieldKind) -> Decimal | None:
    if isinstance(told, str) and kind is FieldKind.MONEY and (amount := _AMOUNT.fullmatch(told.strip())):
        return Decimal(amount[1])
    if isinstance(told, bool) or not isinstance(told, int | float) or not abs(told) < _LARGEST:
        return None
    return Decimal(str(told))


def _options(field: Field, told: list[object]) -> frozenset[int] | None:
    options = field.facts.options or {}
    by_name = {plain(name): number for number, name in options.items()} | {str(number): number for number in options}
    found = [by_name.get(plain(str(one))) for one in told]
    return None if None in found else frozenset(number for number in found if number is not None)


def _document(told: object) -> int:
    if isinstance(told, bool) or not isinstance(told, str | int):
        raise ValueRefused("no document")
    return int(told)
