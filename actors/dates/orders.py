"""Which number of a date is the day and which the month: what the document itself shows, else what is set."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from actors.dates.candidates import DateHints, DateOrder
from actors.dates.forms import Form, Written

OLDEST = date(1900, 1, 1)
# A date set by two digits may lie so many years ahead: validity of cards and contracts; more is of the century before.
_YEARS_AHEAD = 15
_FAR_AHEAD = timedelta(days=45)
_MARKS_NEEDED = 2
# Languages that are written where months come first; the others have no such country.
_MAY_BE_AMERICAN = frozenset({"", "en"})

# Marks of a text from the United States, and of an English text from elsewhere, each with its weight.
_STATES = "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
_AMERICAN = (
    (re.compile(rf"\b(?:{_STATES})\.?,? +\d{{5}}(?:-\d{{4}})?\b"), 2),
    (re.compile(r"\bUSA\b|\bU\.S\.A?\.|\bUnited States\b"), 2),
    (re.compile(r"\$ ?\d"), 1),
    (re.compile(r"\(\d{3}\) ?\d{3}[-.]\d{4}\b|\b1-8\d\d-\d{3}-\d{4}\b"), 1),
    (re.compile(r"\b(?:[Cc]olor|[Cc]enter|[Cc]heck (?:no|number|#)|[Zz][Ii][Pp] [Cc]ode|[Ss]ales [Tt]ax|[Ll]abor|[Ff]avor)\b"), 1),
)
_ELSEWHERE = (
    (re.compile(r"£|€|\bGBP\b|\bEUR\b|\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b"), 2),
    (re.compile(r"\bVAT\b|\bGST\b|\bABN\b|\bIBAN\b|\b(?:AUD|NZD|CAD|SGD|HKD|INR|ZAR)\b|\b(?:A|C|CA|NZ|S|HK)\$"), 1),
    (re.compile(r"\b(?:[Cc]olour|[Cc]entre|[Cc]heque|[Pp]ost ?code|[Ll]abour|[Ff]avour|Ltd|plc)\b"), 1),
)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a written date says. `other` is what it would say in the other order, where that is in doubt."""

    written: Written
    day: date
    other: date | None = None


def settle(found: Sequence[Written], text: str, hints: DateHints) -> list[Settled | None]:
    """Say of each written date which day it is; None where it is no day, or one before 1900."""
    sure = {day for day in (_clear(written, hints) for written in found) if day is not None}
    month_first = _is_month_first(found, text, hints)
    return [_settled(written, sure, month_first, hints) for written in found]


def _settled(written: Written, sure: set[date], month_first: bool, hints: DateHints) -> Settled | None:
    clear = _clear(written, hints)
    if clear is not None or written.form not in (Form.NUMBERS, Form.SHORT):
        return Settled(written, clear) if clear else None
    points = written.separator in (".", ",", "．")
    american = month_first and not (points and hints.language not in _MAY_BE_AMERICAN)
    readings = list(dict.fromkeys(_readings(written, american, hints)))
    if not readings:
        return None
    chosen = next((day for day in readings[:2] if day in sure), readings[0])
    doubted = not points and hints.language in _MAY_BE_AMERICAN
    return Settled(written, chosen, next((day for day in readings if day != chosen), None) if doubted else None)


def _readings(written: Written, month_first: bool, hints: DateHints) -> Iterable[date]:
    """Give what numbers may mean, the likeliest first."""
    one, two, three = written.numbers
    orders = ["mdy", "dmy"] if month_first else ["dmy", "mdy"]
    if written.form is Form.SHORT:
        orders = ["ymd", *orders] if _may_begin_with_the_year(written, hints) else [*orders, "ymd"]
    for order in orders:
        if order == "ymd":
            day = make(one, two, three, hints.today, short=True)
        else:
            day = make(three, *((two, one) if order == "dmy" else (one, two)), hints.today, short=written.form is Form.SHORT)
        if day is not None:
            yield day


def _clear(written: Written, hints: DateHints) -> date | None:
    """Give the day of a date that can be read in one way."""
    one, two, three = written.numbers
    short = written.form is Form.SHORT
    if written.form not in (Form.NUMBERS, Form.SHORT):
        return make(one, two, three, hints.today, short=one < 100 and written.form is Form.NAMED)
    if short and (one > 31 or _may_begin_with_the_year(written, hints)):
        return None
    if one > 12 or one == two:
        return make(three, two, one, hints.today, short=short)
    return make(three, one, two, hints.today, short=short) if two > 12 else None


def _may_begin_with_the_year(written: Written, hints: DateHints) -> bool:
    return hints.order is DateOrder.YMD and written.separator != "."


def make(year: int, month: int, day: int, today: date, *, short: bool = False) -> date | None:
    """Make a day; None where there is no such day since 1900."""
    if short:
        year += 1900 if 2000 + year > today.year + _YEARS_AHEAD else 2000
    try:
        made = date(year, month, day)
    except (ValueError, OverflowError):
        return None
    return made if made >= OLDEST else None


def _is_month_first(found: Sequence[Written], text: str, hints: DateHints) -> bool:
    """Tell whether months come first: by a date of the document that has no other reading, else by what is set, else by its country."""
    parted = [written for written in found if written.form in (Form.NUMBERS, Form.SHORT) and written.separator not in (".", ",", "．")]
    month_first = sum(one <= 12 < two for one, two, _ in (written.numbers for written in parted))
    day_first = sum(two <= 12 < one for one, two, _ in (written.numbers for written in parted))
    if month_first != day_first:
        return month_first > day_first
    if hints.order is DateOrder.MDY:
        return True
    return bool(parted) and hints.language in _MAY_BE_AMERICAN and _looks_american(found, parted, text, hints.today)


def _looks_american(found: Sequence[Written], parted: Sequence[Written], text: str, today: date) -> bool:
    american = sum(weight for mark, weight in _AMERICAN if mark.search(text))
    elsewhere = sum(weight for mark, weight in _ELSEWHERE if mark.search(text))
    named = [written for written in found if written.form is Form.NAMED]
    american += any(written.month_first for written in named)
    elsewhere += any(not written.month_first for written in named)
    american += any(_only_past_if_month_first(written, today) for written in parted)
    return american >= _MARKS_NEEDED and american > elsewhere


def _only_past_if_month_first(written: Written, today: date) -> bool:
    one, two, year = written.numbers
    short = written.form is Form.SHORT
    as_day_first, as_month_first = make(year, two, one, today, short=short), make(year, one, two, today, short=short)
    return as_day_first is not None and as_month_first is not None and as_month_first <= today < as_day_first - _FAR_AHEAD
