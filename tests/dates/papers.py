"""Papers with dates on them, each with the date that it bears among others that mislead."""

import random
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from actors.dates.candidates import DateHints

TUNED = Path(__file__).parent / "tuned"
HELD_OUT = Path(__file__).parent / "heldout"
_SLOTS = re.compile(r"\{(\w+)(?::([^}]+))?\}")
_DATES = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}


# Days from a paper's own day, least and most.
_LONG_AGO = (-28_000, -9_000)
_DISTANCES = {
    "due": (7, 35),
    "event": (8, 120),
    "until": (200, 1_500),
    "to": (-12, -1),
    "del": (-12, -1),
    "t1": (-27, -20),
    "t2": (-18, -12),
    "t3": (-10, -4),
    "ref": (-60, -13),
    "since": (-5_000, -400),
    "law": (-12_000, -3_000),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as pages of text. `day` is the date that a person would file it under."""

    name: str
    language: str
    pages: tuple[str, ...]
    day: date
    today: date

    @property
    def hints(self) -> DateHints:
        """Give what the pipeline would know of it."""
        return DateHints(self.today, self.language)


class Calendar:
    """The days of one document, chosen by chance around its own."""

    def __init__(self, chance: random.Random) -> None:
        self.day = date(1996, 1, 1) + timedelta(days=chance.randrange(365 * 29))
        self.today = self.day + timedelta(days=chance.choice([0, 1, 2, 5, 30, 200, 2_000]))
        self._chance = chance
        self._chosen: dict[str, date] = {"d": self.day}

    def __getitem__(self, name: str) -> date:
        if name not in self._chosen:
            self._chosen[name] = self._choose(name)
        return self._chosen[name]

    def _choose(self, name: str) -> date:
        if name == "from":
            return self["to"] - timedelta(days=self._chance.choice([27, 30, 89, 364]))
        if name == "ref2":
            return self["ref"] + timedelta(days=1)
        return self._days(self._chance.randint(*_DISTANCES.get(name, _LONG_AGO)))

    def _days(self, days: int) -> date:
        return self.day + timedelta(days=days)


def write(day: date, style: str, language: str, *, padded: bool = True) -> str:
    """Write a date in a style such as 'd/m/y' or 'd de month de y'."""
    month = MONTHS[language].split()[day.month - 1]
    two = "02" if padded or "mm" in style else ""
    parts: Mapping[str, str] = {
        "month": month,
        "mon": month[:3],
        "yy": f"{day.year % 100:02}",
        "mm": f"{day.month:02}",
        "y": str(day.year),
        "m": f"{day.month:{two}}",
        "d": f"{day.day:{two}}" if "mon" not in style else str(day.day),
    }
    style = {"dmy.": "d.m.y", "dmy-": "d-m-y", "ymd-": "y-m-d"}.get(style, style).replace(" r.", "")
    return re.sub(r"\b(?:month|mon|yy|mm|y|m|d)\b", lambda part: parts[part[0]], style)


def papers(folder: Path, each: int, seed: int) -> Iterator[Paper]:
    """Fill every paper of a folder with so many sets of dates; `=== NAME; STYLE` stands above each paper."""
    chance = random.Random(seed)
    for path in sorted(folder.glob("*.txt")):
        for template in path.read_text(encoding="utf-8").split("=== ")[1:]:
            head, text = template.split("\n", 1)
            name, style = head.split("; ")
            for _ in range(each):
                yield fill(f"{path.stem}: {name}", text, style, path.stem, chance)


def fill(name: str, text: str, style: str, language: str, chance: random.Random) -> Paper:
    """Put dates into a text; `{due}` takes the paper's style, `{due:m/d}` its own. A form feed begins a page."""
    days, padded = Calendar(chance), chance.random() < 0.8
    written = _SLOTS.sub(lambda slot: write(days[slot[1]], slot[2] or style, language, padded=padded), text)
    return Paper(name, language, tuple(written.split("\f")), days.day, days.today)


def read_badly(paper: Paper, chance: random.Random) -> Paper:
    """Give a paper as a model of another language reads it: accents are lost, and some figures of its dates are letters."""
    pages = (unicodedata.normalize("NFKD", page).encode("ascii", "ignore").decode() for page in paper.pages)
    return replace(paper, pages=tuple(_DATES.sub(lambda match: _slipped(match[0], chance), page) for page in pages))


def _slipped(day: str, chance: random.Random) -> str:
    place = chance.randrange(len(day))
    return day[:place] + {"0": "O", "1": "l"}.get(day[place], day[place]) + day[place + 1 :]
