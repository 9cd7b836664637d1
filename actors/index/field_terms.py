"""Values of custom fields as the index keeps them: by the field's id, so that a field's name may change."""

import struct
from dataclasses import dataclass
from datetime import date, datetime

from actors.index.analysis import words
from actors.store.nouns.catalog import FieldId, FieldKind, FieldValue, Money

NUMBER_SIGN = "n"
DAY_SIGN = "d"
_SIGN_BIT = 1 << 63
_ALL_BITS = (1 << 64) - 1
_LONGEST_WHOLE = 1_000
# Private letters, which no word has in it.
_DIGITS = [chr(0xE000 + digit) for digit in range(10)]


@dataclass(frozen=True, slots=True)
class FieldTerms:
    """One value of a field: its words as text, the whole of it (or of each of several), and the same in an order."""

    text: str = ""
    wholes: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()


def field_terms(field: FieldId, kind: FieldKind, value: FieldValue) -> FieldTerms:
    """Tell what is kept of a value. Options and links have no words: names of options are no matter of documents."""
    match value:
        case bool():
            return FieldTerms(wholes=(truth_term(field, value),))
        case tuple() if kind is FieldKind.DOCUMENTS:
            return FieldTerms(ordered=tuple(ordered_term(field, number_key(number)) for number in value))
        case tuple():
            return FieldTerms(wholes=tuple(option_term(field, option) for option in value))
        case int() if kind is FieldKind.CHOICE:
            return FieldTerms(wholes=(option_term(field, value),))
        case datetime():
            return _valued(field, value.date().isoformat(), number_key(int(value.timestamp())))
        case date():
            return _valued(field, value.isoformat(), day_key(value))
        case Money():
            return _valued(field, f"{value.amount} {value.currency}", number_key(float(value.amount)))
        case str():
            return FieldTerms(value, (whole_term(field, value),))
        case _:
            return _valued(field, str(value), number_key(value))


def _valued(field: FieldId, text: str, key: str) -> FieldTerms:
    return FieldTerms(text, (whole_term(field, text),), (ordered_term(field, key),))


def word_mark(field: FieldId) -> str:
    """Give what stands before each word of a field.

    A word may be looked for with two letters wrong, which must not lead into another field: between two marks there are three at least.
    """
    return "".join(3 * _DIGITS[int(digit)] for digit in str(field))


def present_term(field: FieldId) -> str:
    """Write that a document has a value in a field."""
    return f"field.{field}"


def truth_term(field: FieldId, value: bool) -> str:
    """Write a yes or no."""
    return f"field.{field}:{'yes' if value else 'no'}"


def option_term(field: FieldId, option: int) -> str:
    """Write an option."""
    return f"field.{field}:{option}"


def whole_term(field: FieldId, value: str) -> str:
    """Write the whole of a value as it is compared."""
    return whole_value(f"field.{field}", value)


def whole_value(field: str, value: str) -> str:
    """Write a field's whole value as it is compared."""
    return f"{field}:{' '.join(words(value)) or value.strip()}"[:_LONGEST_WHOLE]


def ordered_term(field: FieldId, key: str) -> str:
    """Put a field before a key that sorts."""
    return f"{field}={key}"


def number_key(value: float) -> str:
    """Write a number as text that sorts like the number."""
    (bits,) = struct.unpack(">Q", struct.pack(">d", value + 0.0))
    return f"{NUMBER_SIGN}{bits ^ (_ALL_BITS if bits & _SIGN_BIT else _SIGN_BIT):016x}"


def day_key(value: date) -> str:
    """Write a day as text that sorts like the day, apart from the numbers."""
    return f"{DAY_SIGN}{value.isoformat()}"
