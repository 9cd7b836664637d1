"""How much one rendering may do. The sandbox keeps a template from what it must not touch, but not from going on for ever.

Whatever a template does is counted here: each turn of a loop by what stands in it, each filter, call and operation by the size of what it
takes and gives. So the same template with the same document ends at the same place on every machine, however slow.
"""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal

from jinja2 import Undefined
from jinja2.runtime import Context

from actors.templates.absent import MARK

# One unit is about a microsecond: a step, or so many letters.
MOST_WORK = 50_000
_LETTERS_OF_A_STEP = 256
# A path has at most 1,024 bytes, a title fewer; what is made on the way may be somewhat more.
LONGEST_MADE = 20_000
LONGEST_OUTPUT = 10_000
_MOST_BITS = 128
_NAMED = {
    "DocumentView": "document",
    "FieldView": "a custom field",
    "Fields": "custom_fields",
    "Named": "this",
    "Absent": "what this document lacks",
    "NoneType": "what this document lacks",
    "builtin_function_or_method": "something to call, with () behind it,",
    "dict": "a table",
    "dict_items": "a list of names and values",
    "str": "a text",
}

# What a template can't name in its context.
KEY = "_work"
LANGUAGE = "_language"
SCALARS = (str, int, float, Decimal, date, time, timedelta, type(None), Undefined)


class Refused(ValueError):
    """Something that a template may not do, in words for its writer."""


class Work:
    """What is left to one rendering."""

    def __init__(self, most: int = MOST_WORK) -> None:
        self._left = most

    def count(self, steps: int) -> None:
        """Take so many steps."""
        self._left -= steps
        if self._left < 0:
            raise Refused("the template does too much for one document: fewer or shorter loops, or less of the text")

    def look(self, value: object) -> None:
        """Count what it costs to go over a value once."""
        self.count(_steps(value))

    def each(self, values: Iterable[object], cost: int) -> Iterator[object]:
        """Give values one by one, each at a cost."""
        for value in values:
            self.count(cost)
            yield value

    def made(self, value: object) -> object:
        """Take up a value that was made, unless it is too large."""
        check_size(value)
        self.look(value)
        return value


def work_of(context: Context) -> Work:
    """Find what counts this rendering."""
    work: Work = context.parent[KEY]
    return work


def check_size(value: object) -> None:
    """Refuse numbers and texts that no path or title needs."""
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise Refused("a number grows too large")
    if isinstance(value, str):
        check_length(len(value))


def check_length(letters: int) -> None:
    """Refuse a text before it is made."""
    if letters > LONGEST_MADE:
        raise Refused(f"a text grows longer than {LONGEST_MADE} letters")


def check_plain(value: object) -> None:
    """Refuse what is neither a text, number or date, nor a list of those: whatever holds others may hold itself."""
    if isinstance(value, SCALARS):
        return
    if isinstance(value, (list, tuple)) and all(isinstance(one, SCALARS) for one in value):
        return
    raise Refused(f"{named(value)} is no text, number or date: name one of its values")


def written(value: object) -> str:
    """Write a plain value."""
    if value is None:
        return MARK
    if isinstance(value, (list, tuple)):
        return ", ".join(map(written, value)) if value else MARK
    return value.isoformat() if isinstance(value, date) else str(value)


def named(value: object) -> str:
    """Name what a value is."""
    if isinstance(value, (list, tuple)):
        return "a list" if all(isinstance(one, SCALARS) for one in value) else "a list of lists"
    kind = type(value).__name__
    return _NAMED.get(kind, kind)


def _steps(value: object) -> int:
    if isinstance(value, str):
        return 1 + len(value) // _LETTERS_OF_A_STEP
    if isinstance(value, (list, tuple)):
        return 1 + len(value) + sum(len(one) // _LETTERS_OF_A_STEP for one in value if isinstance(one, str))
    return 1
