"""What has gone wrong with pages since the start, counted for who runs the archive."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """`pages_failed` are marked as unreadable; `pages_late` were given to a second reader; `readers_lost` had a page in hand."""

    pages_failed: int = 0
    pages_late: int = 0
    readers_lost: int = 0
