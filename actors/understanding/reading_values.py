"""Values of custom fields as they stand on paper."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from actors.store.catalog.field_values import LONGEST_LONG_TEXT, LONGEST_TEXT
from actors.store.nouns.catalog import Field, FieldKind, FieldValue, Money

ReadDate = Callable[[str], date | None]

_AMOUNT = re.compile(r"[+-]?\d[\d\s.,'’\u00a0\u202f]*\d|[+-]?\d")
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN", "Kč": "CZK"}
_YES = frozenset({"yes", "y", "true", "x", "1", "ja", "oui", "si", "sí", "sì", "☑", "☒", "✓"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non", "☐"})
_MOST_DIGITS = 15


def read_value(field: Field, text: str, read_date: ReadDate) -> FieldValue | None:
    """Read a field's value from what stands on the paper; None where it says none of the field's kind."""
    plain = " ".join(text.split())
    if not plain:
        return None
    if field.kind is FieldKind.DATE:
        return read_date(plain)
    reader = _READERS.get(field.kind)
    return None if reader is None else reader(field, plain)


def read_amount(text: str) -> Decimal | None:
    """Read a number as people write it: the last of point and comma parts the decimals, unless three digits follow it alone."""
    found = _AMOUNT.search(text)
    if found is None:
        return None
    digits = re.sub(r"[\s'’\u00a0\u202f]", "", found.group())
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        mark, behind = digits[last], len(digits) - last - 1
        other = "," if mark == "." else "."
        grouping = behind == 3 and (digits.count(mark) > 1 or other not in digits) and not digits.lstrip("+-").startswith("0")
        whole = digits if grouping else digits[:last]
        digits = re.sub("[.,]", "", whole) + ("" if grouping else f".{digits[last + 1 :]}")
    amount = Decimal(digits)
    return amount if amount.adjusted() < _MOST_DIGITS else None


def _text(longest: int) -> Callable[[Field, str], FieldValue | None]:
    return lambda _field, text: text[:longest].strip()


def _money(field: Field, text: str) -> FieldValue | None:
    amount = read_amount(text)
    if amount is None:
        return None
    code = _CODE.search(text)
    sign = next((code for sign, code in _SIGNS.items() if sign in text), "")
    return Money(round(amount, 2), code.group() if code else sign or field.facts.currency)


def _integer(_field: Field, text: str) -> FieldValue | None:
    amount = read_amount(text)
    return int(amount) if amount is not None and amount == int(amount) else None


def _number(_field: Field, text: str) -> FieldValue | None:
    amount = read_amount(text)
    return None if amount is None else float(amount)


def _boolean(_field: Field, text: str) -> FieldValue | None:
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def _choice(field: Field, text: str) -> FieldValue | None:
    return next(iter(_chosen(field, [text])), None)


def _choices(field: Field, text: str) -> FieldValue | None:
    return tuple(_chosen(field, re.split(r"[,;/]", text))) or None


def _chosen(field: Field, names: list[str]) -> list[int]:
    wanted = {name.strip().casefold() for name in names}
    return [number for number, name in (field.facts.options or {}).items() if name.casefold() in wanted]


_READERS: Mapping[FieldKind, Callable[[Field, str], FieldValue | None]] = {
    FieldKind.TEXT: _text(LONGEST_TEXT),
    FieldKind.LONG_TEXT: _text(LONGEST_LONG_TEXT),
    FieldKind.URL: _text(LONGEST_LONG_TEXT),
    FieldKind.EMAIL: _text(LONGEST_LONG_TEXT),
    FieldKind.BOOLEAN: _boolean,
    FieldKind.INTEGER: _integer,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
}
