"""Lists of pages as people write them: 1,3-5,8- or 9-1, and turns of them: 2,4-5:90."""

import re
from collections.abc import Iterable, Sequence

FORMS = "1,3-5,8- (to the end) or 9-1 (backwards)"
TURN_FORMS = "2:90, 2,4-5:180 or all:270"
ALL = "all"
# A number longer than this is no page of any document.
_ITEM = re.compile(r"(\d{1,9})(?:(-)(\d{1,9})?)?", re.ASCII)
_DEGREES = {"0": 0, "90": 90, "180": 180, "270": 270, "-90": 270}


class PageListError(ValueError):
    """A list that nobody can read, or that names what is not there; the words say what it could be."""


def read_pages(text: str, count: int) -> list[int]:
    """Read a list of the pages of a document with so many, in the order written; raises PageListError."""
    pages = list[int]()
    for item in text.split(","):
        found = _ITEM.fullmatch(item.strip())
        if found is None:
            raise PageListError(f"'{item.strip()}' is no page or range of pages: write {FORMS}")
        first, last = int(found[1]), int(found[3] or (count if found[2] else found[1]))
        for number in (first, last):
            if not 1 <= number <= count:
                raise PageListError(f"there is no page {number}: the document has {count}")
        pages += range(first, last + 1) if first <= last else range(first, last - 1, -1)
        if len(pages) > count:
            raise PageListError(f"'{text}' names a page twice")
    if len(set(pages)) < len(pages):
        raise PageListError(f"'{text}' names a page twice")
    return pages


def read_turns(texts: Iterable[str], count: int, kept: Sequence[int]) -> dict[int, int]:
    """Read by how many degrees pages are turned, those that are; `all` are those that are kept. Raises PageListError."""
    turns = dict[int, int]()
    for text in texts:
        pages, colon, degrees = text.rpartition(":")
        if not colon or degrees.strip() not in _DEGREES:
            raise PageListError(f"'{text}' is no turn: write {TURN_FORMS}; 90, 180 and 270 degrees go clockwise, -90 the other way")
        for number in kept if pages.strip() == ALL else read_pages(pages, count):
            turns[number] = (turns.get(number, 0) + _DEGREES[degrees.strip()]) % 360
    return {number: turn for number, turn in turns.items() if turn}


def wanted_pages(count: int, keep: str, drop: str, turns: Sequence[str]) -> list[tuple[int, int]]:
    """Give the pages that shall be there, in their order, each with its turn; raises PageListError."""
    dropped = set(read_pages(drop, count)) if drop else set()
    kept = read_pages(keep, count) if keep else [number for number in range(1, count + 1) if number not in dropped]
    if both := sorted(dropped & set(kept)):
        raise PageListError(f"page {both[0]} is to be kept and left out")
    turned = read_turns(turns, count, kept)
    if lost := sorted(turned.keys() - set(kept)):
        raise PageListError(f"page {lost[0]} is to be turned, but it is left out")
    return [(number, turned.get(number, 0)) for number in kept]


def read_source(text: str) -> tuple[str, str]:
    """Read a document with its pages, 5 or 5:1-3, into its id and the list, '' for all."""
    document_id, colon, pages = text.partition(":")
    if not document_id or (colon and not pages):
        raise PageListError(f"'{text}' is no document: write its id, or its id and its pages as in 5:1-3")
    return document_id, pages
