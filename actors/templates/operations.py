"""Arithmetic in templates: of numbers and texts, and only as far as it stays small."""

import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from actors.templates.absent import ABSENT, Absent
from actors.templates.formats import percent
from actors.templates.work import Refused, check_length, check_plain

_LARGEST_EXPONENT = 32
_OPERATIONS: Mapping[str, Callable[..., object]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


def operate(sign: str, left: object, right: object) -> object:
    """Do one operation."""
    if sign == "**" and isinstance(right, (int, float, Decimal)) and not -_LARGEST_EXPONENT <= right <= _LARGEST_EXPONENT:
        raise Refused(f"an exponent is at most {_LARGEST_EXPONENT}")
    match sign, left, right:
        case (_, Absent(), int() | float() | Decimal()) | (_, int() | float() | Decimal(), Absent()):
            return ABSENT
        case "%", str(), _:
            check_plain(right)
            return percent(left, right)
        case "+", str(), str():
            check_length(len(left) + len(right))
            return left + right
        case "*", str(), int():
            check_length(len(left) * right)
            return left * right
        case "+" | "-", date() | timedelta(), date() | timedelta():
            return _OPERATIONS[sign](left, right)
        case _, int() | float() | Decimal(), int() | float() | Decimal():
            return _OPERATIONS[sign](left, right)
    hint = "; ~ joins texts with anything" if sign == "+" else ""
    raise Refused(f"{kind(left)} and {kind(right)} can't be put together by {sign}{hint}")


def kind(value: object) -> str:
    """Say what kind of value it is."""
    match value:
        case str():
            return "a text"
        case bool() | int() | float() | Decimal():
            return "a number"
        case date():
            return "a date"
        case list() | tuple():
            return "a list"
        case _:
            return "a value"
