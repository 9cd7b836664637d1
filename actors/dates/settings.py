"""How dates are looked for."""

from dataclasses import dataclass
from datetime import date

from actors.dates.candidates import DateHints, DateOrder
from actors.dates.orders import settle
from actors.dates.scanner import scan
from actors.dates.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class DateSettings:
    """What a person has set. `file_name_order` None: only file names that can be read in one way; `suggestions` is how many are offered."""

    order: DateOrder = DateOrder.DMY
    file_name_order: DateOrder | None = None
    ignored: frozenset[date] = frozenset()
    suggestions: int = 3


def read_day(words: str, order: DateOrder, today: date) -> date | None:
    """Read the one day that a person has written, in any form that is found in documents; None where it is none."""
    words = words.strip()
    found = [one for one in scan(words, vocabulary("").months) if (one.start, one.end) == (0, len(words))]
    settled = settle(found, "", DateHints(today, order=order))
    return settled[0].day if settled and settled[0] else None
