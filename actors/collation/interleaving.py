"""The order of the pages of sheets that were scanned front by front, then turned as a stack and scanned back by back."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """The two sides of a sheet; their scans are made in this order."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page of the whole: which scan it is in, and its number there, from 1."""

    side: Side
    number: int


class MoreBacksThanFronts(Exception):
    """There are more backs than sheets, so that nobody can tell which belong together."""

    def __init__(self, fronts: int, backs: int) -> None:
        super().__init__(f"its fronts have {fronts} pages and its backs {backs}")


def interleaved(fronts: int, backs: int) -> list[SheetPage]:
    """Put so many fronts and backs in order: the backs come last sheet first. Where there are fewer backs, the last sheets have none."""
    if backs > fronts:
        raise MoreBacksThanFronts(fronts, backs)
    pages: list[SheetPage] = []
    for sheet in range(1, fronts + 1):
        pages.append(SheetPage(Side.FRONT, sheet))
        if sheet <= backs:
            pages.append(SheetPage(Side.BACK, backs - sheet + 1))
    return pages
