"""Where dates stand on a page: the line of each, what is beside it, and what heads it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from actors.dates.forms import Written

# Letters of a line that are looked at on either side of a date.
BESIDE = 70
_LONGEST_LINE = 400
_ROWS = 3
_LINES_OF_FOOT = 3
_WORDS_OF_PLACE = 5
# Behind a date may stand a point, or the Polish 'r.'.
_LONG_TAIL = 4

# Two dates with such a sign or word between are the first and last day of something.
_RANGE = re.compile(r"\s*(?:[-–—/~]|(?:bis|to|till?|until|through|thru|au|al|a|à|e il|tot|t/m|tot en met|até|ate|do)\b)[\s\w]{0,8}")
# What stands before a date that is the last day of something whose first day lacks its year: '1. – 31.3.2018', 'du 1er au 31 mars 2018'.
_OPEN_RANGE = re.compile(
    r"(?<![\d.,/])\d{1,2}(?:[./]\d{0,2}[./]?|er|st|nd|rd|th)?(?:\s[^\W\d_]{3,10})?\s?"
    r"(?:[-–—]|bis|to|au|al|tot|até|ate|a|do|through)\s(?:zum\s)?$",
    re.IGNORECASE,
)
# 'Berlin, den', 'Fait à Paris, le', or without a comma 'Paris le'.
_PLACE = re.compile(
    r"\s*[^\W\d_][^\d:;|]{0,40}?(?:,\s*(?:le|den|dem|am|dnia|l[iìí]|a|the|il|de|op|em|on|ai)?|(?<=\w)\s+(?:le|den|dnia|l[iìí]))[\s,]*",
    re.IGNORECASE,
)
_ENDS_WITH_AMOUNT = re.compile(r"\d[.,]\d\d\s?(?:[-+SHDC]|[A-Z]{2,3}|zł|[€$£])?\s*$")
_TIME = re.compile(r"[\s,/-]{0,3}(?:um |at |à |alle |T)?\d{1,2}[:h.]\d\d(?!\d|[.]\d)")
NO_WORDS = re.compile(r"[\W\d_]*")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in the line of a date: the text before and after it, as far as other dates, and whether it begins or ends the line."""

    line: int
    head: str
    tail: str
    column: int
    first: bool
    last: bool


class Page:
    """A page, by its number from 1, with the dates that were found on it."""

    def __init__(self, number: int, text: str, found: Sequence[Written]) -> None:
        self.number = number
        self.text = text
        self.found = found
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._dates_of_line: dict[int, list[int]] = {}
        for index, written in enumerate(found):
            self._dates_of_line.setdefault(self.line_of(written), []).append(index)
        amounts = [number for number, dates in self._dates_of_line.items() if self._ends_with_amount(number, found[dates[-1]].end)]
        self._rows = frozenset(amounts) if len(amounts) >= _ROWS else frozenset[int]()

    @property
    def lines(self) -> int:
        """Count the lines."""
        return len(self._starts)

    def line_of(self, written: Written) -> int:
        """Give the line, from 0, in which a date begins."""
        return bisect_right(self._starts, written.start) - 1

    def line(self, number: int) -> str:
        """Give a line without its end, no more of it than a paper can hold."""
        begin = self._starts[number]
        return self.text[begin : min(self._end(number), begin + _LONGEST_LINE)]

    def beside(self, index: int) -> Beside:
        """Give what stands in the line of a date."""
        written = self.found[index]
        number = self.line_of(written)
        fellows = self._dates_of_line[number]
        place = fellows.index(index)
        begin = self._starts[number]
        left = self.found[fellows[place - 1]].end if place else begin
        right = self.found[fellows[place + 1]].start if place + 1 < len(fellows) else max(self._end(number), written.end)
        head = self.text[max(left, written.start - BESIDE) : written.start]
        tail = self.text[written.end : min(right, written.end + BESIDE)].split("\n", 1)[0]
        return Beside(number, head, tail, written.start - begin, place == 0, place + 1 == len(fellows))

    def _ends_with_amount(self, number: int, after: int) -> bool:
        end = self._end(number)
        return bool(_ENDS_WITH_AMOUNT.search(self.text[max(after, end - BESIDE) : end]))

    def _end(self, number: int) -> int:
        return self._starts[number + 1] - 1 if number + 1 < len(self._starts) else len(self.text)

    def is_in_range(self, beside: Beside) -> bool:
        """Tell whether a date is the first or the last day of something."""
        if not beside.first and _RANGE.fullmatch(beside.head):
            return True
        return bool((not beside.last and _RANGE.fullmatch(beside.tail)) or _OPEN_RANGE.search(beside.head))

    def is_in_row(self, beside: Beside) -> bool:
        """Tell whether a date is one of many in a table of amounts."""
        return beside.line in self._rows

    def has_time(self, beside: Beside) -> bool:
        """Tell whether a time of day stands behind a date, as on receipts."""
        return bool(_TIME.match(beside.tail))

    def stands_alone(self, beside: Beside) -> bool:
        """Tell whether a date has its line for itself."""
        return bool(NO_WORDS.fullmatch(beside.head) and NO_WORDS.fullmatch(beside.tail)) and beside.first and beside.last

    def is_dateline(self, beside: Beside) -> bool:
        """Tell whether the line is a place and a date, as in the head of a letter or before a signature."""
        whole = beside.first and beside.last and len(beside.tail.strip()) < _LONG_TAIL and len(beside.head.split()) <= _WORDS_OF_PLACE
        return whole and beside.head.lstrip()[:1].isupper() and bool(_PLACE.fullmatch(beside.head))

    def fellows(self, beside: Beside) -> Sequence[int]:
        """Give the dates of a line in their order, the date itself among them."""
        return self._dates_of_line[beside.line]

    def has_dates(self, line: int) -> bool:
        """Tell whether a date begins in a line."""
        return line in self._dates_of_line

    def is_at_foot(self, beside: Beside) -> bool:
        """Tell whether a date stands in one of the last lines that have something in them."""
        below = (self.line(number) for number in range(beside.line + 1, min(self.lines, beside.line + 8)))
        return self.lines - beside.line <= 8 and sum(bool(line.strip()) for line in below) < _LINES_OF_FOOT
