"""Dates in templates: written by codes of strftime, or as a language writes them."""

import re
from datetime import date, datetime
from functools import cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, get_month_names

from actors.templates.absent import ABSENT, Absent
from actors.templates.work import Refused

DEFAULT_LANGUAGE = "en"
LONGEST_FORMAT = 100
PRESETS = frozenset({"short", "medium", "long", "full"})
_CODES = re.compile(r"(?:[^%]|%[-_0^#]?[A-Za-z%])*", re.DOTALL)
_LOCALE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z]{4})?([_-]([A-Za-z]{2}|\d{3}))?")


def strftime(value: object, codes: object) -> str:
    """Write a date, time or ISO text by codes of strftime; names are English. What is absent stays so."""
    if absent(value):
        return ABSENT
    if not isinstance(codes, str) or len(codes) > LONGEST_FORMAT or not _CODES.fullmatch(codes):
        raise Refused(f"datetime wants codes such as '%Y-%m-%d', at most {LONGEST_FORMAT} letters")
    return moment(value).strftime(codes)


def localized(value: object, pattern: object, locale: object) -> str:
    """Write a date, time or ISO text as a language does: 'short' to 'full', or a pattern of Unicode's such as 'd. MMMM y'."""
    if absent(value):
        return ABSENT
    if not isinstance(pattern, str) or len(pattern) > LONGEST_FORMAT:
        raise Refused(f"localize_date wants one of {', '.join(sorted(PRESETS))}, or a pattern such as 'd. MMMM y'")
    known, when = locale_of(locale), moment(value)
    try:
        if isinstance(when, datetime):
            return format_datetime(when, pattern, locale=known)
        return format_date(when, pattern, locale=known)
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise Refused(f"localize_date can't write by the pattern {pattern!r}") from error


def moment(value: object) -> date:
    """Read a date or a time."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) <= len("2024-01-31") else datetime.fromisoformat(value)
        except ValueError as error:
            raise Refused(f"'{value[:40]}' is no date such as 2024-01-31") from error
    raise Refused("a date is wanted, or a text such as '2024-01-31'")


@cache
def month_names(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the names of months as they stand alone, long and short, January first."""
    known = locale_of(language)
    wide, short = (get_month_names(width, "stand-alone", known) for width in ("wide", "abbreviated"))
    return tuple(wide[month] for month in range(1, 13)), tuple(short[month] for month in range(1, 13))


def locale_of(name: object) -> Locale:
    """Find a language, and maybe a country: de, de_AT, de-AT."""
    if isinstance(name, str) and _LOCALE.fullmatch(name):
        try:
            return Locale.parse(name.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            pass
    raise Refused(f"there is no language {str(name)[:40]!r}; write it as in 'de' or 'de_AT'")


def absent(value: object) -> bool:
    """Tell whether a document has no such value."""
    return value is None or isinstance(value, Absent)
