"""Where dates stand in a text."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterator
from itertools import islice

from actors.dates.forms import ANYWHERE, AROUND_YEARS, YEAR, Months, Written

# A page of a statement has some sixty; more of them on a page add nothing but time.
MOST_ON_PAGE = 200
# Letters before and after a year in which the rest of its date stands.
_BEFORE = 48
_AFTER = 24

_YEARS = re.compile(YEAR)


def scan(text: str, months: Months) -> list[Written]:
    """List the dates of a text in their order, valid or not; where two overlap, the form that says more stands."""
    found: list[Written] = []
    taken: list[tuple[int, int]] = []
    for written in islice(_matches(text, months), MOST_ON_PAGE):
        place = bisect_right(taken, (written.start, written.end))
        before, after = taken[max(0, place - 1) : place], taken[place : place + 1]
        if all(end <= written.start for _, end in before) and all(start >= written.end for start, _ in after):
            insort(taken, (written.start, written.end))
            found.append(written)
    return sorted(found, key=lambda written: written.start)


def _matches(text: str, months: Months) -> Iterator[Written]:
    # Nine patterns over a whole text took five times as long as looking for years first (measured).
    for begin, end in _windows(text):
        for pattern, read in AROUND_YEARS:
            for match in pattern.finditer(text, begin, end):
                if written := read(text, match, months):
                    yield written
    for pattern, read in ANYWHERE:
        for match in pattern.finditer(text):
            if written := read(text, match, months):
                yield written


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Give the parts of a text around its years, without overlaps."""
    begin = end = 0
    for year in _YEARS.finditer(text):
        if year.start() - _BEFORE > end:
            if end:
                yield begin, end
            begin = year.start() - _BEFORE
        end = year.end() + _AFTER
    if end:
        yield max(0, begin), end
