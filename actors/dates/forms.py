"""The forms in which dates are written, as patterns, and what each says; also as OCR mistakes them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from actors.dates.vocabulary import fold


class Form(StrEnum):
    """How a date is written. Only NUMBERS (the year last, in full) and SHORT (two digits each) leave open which number is what."""

    NAMED = "named"
    YEAR_FIRST = "year_first"
    NUMBERS = "numbers"
    SHORT = "short"
    SPACED = "spaced"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands from `start` to `end`, valid or not.

    `numbers` are in the order written for NUMBERS and SHORT, else year, month, day. A SHORT year has two digits, and one of NAMED may.
    MONTH has no day: it counts as the first. `separator` tells how numbers are parted; `month_first` a name before its day.
    """

    start: int
    end: int
    numbers: tuple[int, int, int]
    form: Form
    separator: str = ""
    month_first: bool = False


Months = Mapping[str, int]
Read = Callable[[str, re.Match[str], Months], Written | None]

ROMAN = {name: number for number, name in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)}
# What readers take for a nought or a one. `\d` is a digit of any script, for `int` as well.
_SLIPS = str.maketrans("OoIl|", "00111")
_DAY = r"[\dOoIl|]{1,2}"
YEAR = r"[\dlI|][\dOo][\dOoIl|]{2}(?!\d)"
_WORD = r"[^\W\d_]{1,14}"
# Right-to-left texts set marks around their separators.
_GAP = r"[\s\u200e\u200f]{0,2}"
_OF = r"(?:(?:de|of|di|del|do|van|anno)\s|d['’]\s?)?"
_DAY_ENDING = r"(?:st|nd|rd|th|er|re|[ºª°])?"
_DASHES = frozenset("-–")
_POINTS = frozenset(".,")
_CALENDAR_SIGNS = {("年", "月"), ("년", "월")}

# Most begin with a digit and look for nothing before it, since a pattern that does is tried at every letter; what stands there is looked at
# afterwards.
_DAY_MONTH_YEAR = re.compile(rf"({_DAY}){_DAY_ENDING}[\s.,\-/]{{0,3}}{_OF}({_WORD})[\s.,\-/'’]{{0,3}}{_OF}({YEAR})")
_DAY_YEAR = re.compile(rf"(?<=[\w.][\s\-/])({_DAY})(?:st|nd|rd|th)?[\s.,\-/]{{1,3}}({YEAR})")
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)({YEAR})[\s.,\-/]{{1,2}}({_WORD})[\s.,\-/]{{1,2}}({_DAY})(?![\d:])")
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])({YEAR}){_GAP}([-–./／．年년]){_GAP}({_DAY}){_GAP}([-–./／．月월]){_GAP}({_DAY})(?!\d)(?:{_GAP}[日일])?"
)
_NUMBERS = re.compile(rf"({_DAY}){_GAP}([-–./,／．]){_GAP}({_DAY}){_GAP}([-–./,／．]){_GAP}({YEAR})")
_SPACED = re.compile(r"(?<![\w.,/-])(\d\d) (\d\d) ((?:19|20)\d\d)(?![\w.,/-])")
_MONTH_YEAR = re.compile(r"(?<=[\w.,][\s.,\-/])((?:19|20)\d\d)(?![\d/-]|[.,]\d)")
_MONTH_BEFORE = re.compile(rf"({_WORD})[\s.,\-/]{{1,3}}(?:(?:de|of|del|do)\s)?$")
_SHORT = re.compile(rf"(\d[\dOoIl|]?)([-./])\s?({_DAY})\2\s?(['’]?\d\d)(?![\w/:%-]|[.,]\d)")
_SHORT_NAMED = re.compile(r"(\d\d?)([\s.\-/]?)([^\W\d_]{3,9})([\s.\-/'’]{0,2})(\d\d)(?!\d|[.,:]\d|\s[^\W_])")
# 1.2.3.2018 is a number of something else.
_AFTER_A_NUMBER = re.compile(r"\d[.,]?\Z")
_AFTER_ANYTHING = re.compile(r"[\w|]\Z|\d[.,/:-]\Z")


def number(digits: str) -> int:
    """Read digits of any script, and letters that were mistaken for them; 0 where all are letters."""
    return int(digits.translate(_SLIPS)) if any(map(str.isdigit, digits)) else 0


def _year(digits: str) -> int:
    """Read a year in full; 0 where letters make most of it."""
    return number(digits) if sum(map(str.isdigit, digits)) > 1 else 0


def _month(word: str, months: Months) -> int:
    return ROMAN.get(word) or (months.get(fold(word), 0) if len(word) > 2 else 0)


def _day_month_year(text: str, match: re.Match[str], months: Months) -> Written | None:
    month, day = _month(match[2], months), number(match[1])
    if not month or not day or _stands_after(_AFTER_A_NUMBER, text, match.start()):
        return None
    return Written(match.start(), match.end(), (_year(match[3]), month, day), Form.NAMED)


def _month_day_year(text: str, match: re.Match[str], months: Months) -> Written | None:
    start, month = _month_before(text, match.start(), months)
    numbers = (_year(match[2]), month, number(match[1]))
    return Written(start, match.end(), numbers, Form.NAMED, month_first=True) if month else None


def _year_month_day(_text: str, match: re.Match[str], months: Months) -> Written | None:
    month = _month(match[2], months)
    return Written(match.start(), match.end(), (_year(match[1]), month, number(match[3])), Form.NAMED) if month else None


def _year_first(_text: str, match: re.Match[str], _months: Months) -> Written | None:
    year, first, month, second, day = match.groups()
    if first != second and (first, second) not in _CALENDAR_SIGNS:
        return None
    return Written(match.start(), match.end(), (_year(year), number(month), number(day)), Form.YEAR_FIRST, first)


def _numbers(text: str, match: re.Match[str], _months: Months) -> Written | None:
    one, first, two, second, year = match.groups()
    if first != second and not {first, second} <= _DASHES and not {first, second} <= _POINTS:
        return None
    if _stands_after(_AFTER_A_NUMBER, text, match.start()):
        return None
    return Written(match.start(), match.end(), (number(one), number(two), _year(year)), Form.NUMBERS, first)


def _spaced(_text: str, match: re.Match[str], _months: Months) -> Written | None:
    return Written(match.start(), match.end(), (int(match[3]), int(match[2]), int(match[1])), Form.SPACED)


def _month_year(text: str, match: re.Match[str], months: Months) -> Written | None:
    start, month = _month_before(text, match.start(), months)
    return Written(start, match.end(), (int(match[1]), month, 1), Form.MONTH) if month else None


def _month_before(text: str, start: int, months: Months) -> tuple[int, int]:
    """Find the name of a month that ends just before a place, and its number; 0 where there is none."""
    before = _MONTH_BEFORE.search(text, max(0, start - 24), start)
    return (before.start(), _month(before[1], months)) if before else (start, 0)


def _short(text: str, match: re.Match[str], _months: Months) -> Written | None:
    if _stands_after(_AFTER_ANYTHING, text, match.start()):
        return None
    numbers = (number(match[1]), number(match[3]), number(match[4].lstrip("'’")))
    return Written(match.start(), match.end(), numbers, Form.SHORT, match[2])


def _short_named(text: str, match: re.Match[str], months: Months) -> Written | None:
    month = _month(match[3], months)
    if not month or _stands_after(_AFTER_ANYTHING, text, match.start()):
        return None
    return Written(match.start(), match.end(), (number(match[5]), month, number(match[1])), Form.NAMED)


def _stands_after(before: re.Pattern[str], text: str, start: int) -> bool:
    return bool(before.search(text[max(0, start - 2) : start]))


# Those around a year in full, the one that says most first.
AROUND_YEARS: tuple[tuple[re.Pattern[str], Read], ...] = (
    (_DAY_MONTH_YEAR, _day_month_year),
    (_DAY_YEAR, _month_day_year),
    (_YEAR_MONTH_DAY, _year_month_day),
    (_YEAR_FIRST, _year_first),
    (_NUMBERS, _numbers),
    (_SPACED, _spaced),
    (_MONTH_YEAR, _month_year),
)
ANYWHERE: tuple[tuple[re.Pattern[str], Read], ...] = ((_SHORT_NAMED, _short_named), (_SHORT, _short))
