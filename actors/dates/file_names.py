"""The date in a file's name: in the order that is set, or where it can be read in one way only."""

import re
from collections.abc import Iterator
from datetime import date

from actors.dates.candidates import DateCandidate, DateHints, DateOrder, DateSource
from actors.dates.orders import make

_YEAR_FIRST = re.compile(r"(?<!\d)([12][09]\d\d)([-_. ]?)(\d\d)\2(\d\d)(?!\d)", re.ASCII)
_PARTED = re.compile(r"(?<!\d)(\d{1,4})[-_. ](\d{1,2})[-_. ](\d{1,4})(?!\d)", re.ASCII)
_JOINED = {
    DateOrder.DMY: re.compile(r"(?<!\d)(\d\d)(\d\d)(\d{4}|\d\d)(?!\d)", re.ASCII),
    DateOrder.MDY: re.compile(r"(?<!\d)(\d\d)(\d\d)(\d{4}|\d\d)(?!\d)", re.ASCII),
    DateOrder.YMD: re.compile(r"(?<!\d)(\d{4}|\d\d)(\d\d)(\d\d)(?!\d)", re.ASCII),
}
# What scanners and cameras write is when a paper lay before them.
_DEVICE = re.compile(r"\W*(?:scan|img|image|dsc|pxl|photo|foto|whatsapp|signal|screenshot)", re.IGNORECASE)
_TIME_BEHIND = re.compile(r"[-_ T.]?\d\d[-_.:h]?\d\d(?!\d{3})", re.ASCII)

# The user's order makes a name the first choice, as users of paperless-ngx know it.
_AS_SET, _BY_PERSON, _BY_DEVICE = 0.97, 0.5, 0.25


def find_in_name(hints: DateHints) -> DateCandidate | None:
    """Find the first date in the file's name."""
    for match, day in _days(hints):
        if day is not None and day not in hints.ignored and day <= hints.today:
            score, reason = _judge(hints, match)
            return DateCandidate(day, score, DateSource.FILE_NAME, reason, start=match.start(), end=match.end(), text=match[0])
    return None


def _days(hints: DateHints) -> Iterator[tuple[re.Match[str], date | None]]:
    name, today, order = hints.file_name, hints.today, hints.file_name_order
    for match in _YEAR_FIRST.finditer(name):
        yield match, make(int(match[1]), int(match[3]), int(match[4]), today)
    if order is None:
        return
    for pattern in (_PARTED, _JOINED[order]):
        for match in pattern.finditer(name):
            at = {letter: match[place] for place, letter in enumerate(order.value, 1)}
            yield match, make(int(at["Y"]), int(at["M"]), int(at["D"]), today, short=len(at["Y"]) <= 2)


def _judge(hints: DateHints, match: re.Match[str]) -> tuple[float, str]:
    if hints.file_name_order is not None:
        return _AS_SET, "in the file name, which comes first as set"
    if _DEVICE.match(hints.file_name) or _TIME_BEHIND.match(hints.file_name, match.end()):
        return _BY_DEVICE, "in the file name, as a scanner writes it"
    return _BY_PERSON, "in the file name"
