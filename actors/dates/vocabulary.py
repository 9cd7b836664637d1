"""The words that tell of dates: names of months, and what stands beside a date. One file for each language in `words`."""

import importlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
# Behind the short name of a month that is a word of other languages: it counts in its own only.
_OWN = "*"


class Meaning(StrEnum):
    """What a date is by the words beside it. A DOCUMENT is a noun: 'invoice' alone says less than 'invoice date'."""

    ISSUED = "issued"
    PLAIN = "plain"
    DOCUMENT = "document"
    DUE = "due"
    DELIVERED = "delivered"
    PERIOD = "period"
    BORN = "born"
    UNTIL = "until"
    PRINTED = "printed"
    SINCE = "since"
    REFERENCE = "reference"
    LAW = "law"
    EVENT = "event"
    PAID = "paid"
    ORDERED = "ordered"
    RECEIVED = "received"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known for one language, with all others behind it; every word is folded.

    `phrases` gives for a first word all phrases that begin with it, long ones first. `small` words say nothing and are left out of
    phrases and texts alike. `whose` words before a noun make another document of it.
    """

    months: Mapping[str, int]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Meaning], ...]]
    small: frozenset[str]
    whose: frozenset[str]


def fold(word: str) -> str:
    """Write a word small and without accents, which OCR with a model of another language loses."""
    if word.isascii():
        return word.lower()
    return "".join(letter for letter in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(letter))


@cache
def vocabulary(language: str) -> Vocabulary:
    """Give the words for a text in a language (ISO 639-1); where languages differ, its own meaning stands."""
    files = _files()
    ordered = sorted(files, key=lambda name: (name != language, name))
    small = frozenset(word for file in files.values() for word in file.small)
    phrases: dict[tuple[str, ...], Meaning] = {}
    months: dict[str, int] = {} if language in files else dict(_months_of_dateparser(language))
    for name in ordered:
        for phrase, meaning in files[name].phrases:
            phrases.setdefault(tuple(word for word in phrase if word not in small), meaning)
        for month, number in files[name].months:
            if not month.endswith(_OWN) or name == language:
                months.setdefault(month.removesuffix(_OWN), number)
    phrases.pop((), None)
    by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append((phrase, phrases[phrase]))
    whose = frozenset(word for file in files.values() for word in file.whose)
    return Vocabulary(months, {first: tuple(found) for first, found in by_first.items()}, small, whose)


@dataclass(frozen=True, slots=True)
class _File:
    months: tuple[tuple[str, int], ...]
    phrases: tuple[tuple[tuple[str, ...], Meaning], ...]
    small: frozenset[str]
    whose: frozenset[str]


@cache
def _files() -> Mapping[str, _File]:
    return {path.stem: _read(path.read_text(encoding="utf-8")) for path in sorted(WORDS.glob("*.txt"))}


def _read(text: str) -> _File:
    """Read a file of words: a line names a meaning and its phrases, with commas between; a meaning may have several lines."""
    entries: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, _, words = line.partition(":")
            entries.setdefault(key, []).append(words)
    months = [month.split("/") for month in " ".join(entries.pop("months")).split()]
    small, whose = (frozenset(" ".join(entries.pop(key)).split()) for key in ("small", "whose"))
    return _File(tuple((name, number) for number, forms in enumerate(months, 1) for name in forms), tuple(_phrases(entries)), small, whose)


def _phrases(entries: Mapping[str, list[str]]) -> Iterator[tuple[tuple[str, ...], Meaning]]:
    for key, lines in entries.items():
        for phrase in ",".join(lines).split(","):
            yield tuple(phrase.split()), Meaning(key)


# As dateparser's tables name them.
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def _months_of_dateparser(language: str) -> Mapping[str, int]:
    # Imported only for a language without a file: dateparser takes an eighth of a second to load, for its tables alone.
    if not (language.isascii() and language.isalpha()):
        return {}
    try:
        found = importlib.import_module(f"dateparser.data.date_translation_data.{language}")
    except ModuleNotFoundError:
        return {}
    return {fold(name): number for number, month in enumerate(_MONTHS, 1) for name in found.info.get(month, ()) if not name.isdigit()}
