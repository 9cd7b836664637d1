"""The values that elements hold: lines of text, amounts, days. What is written wrong is left out, and said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from actors.invoices.elements import Element
from actors.invoices.facts import CURRENCY, EARLIEST, IBAN, LATEST, LONGEST, is_amount, is_harmful

DECIMAL = re.compile(r"[+-]?(\d{1,25}(\.\d{0,15})?|\.\d{1,15})", re.ASCII)
DAY = re.compile(r"(\d{4})(-?)(\d\d)\2(\d\d)", re.ASCII)
# UNTDID 2379, as far as it names a day: 20240131, with minutes, with seconds. No code: the day as XML itself writes it.
DAY_FORMATS = frozenset({"", "102", "203", "204"})
LONGEST_NOTE = 5_000
MOST_LINES = 100
MOST_ALIKE = 100
MOST_FLAWS = 100
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Values:
    """Reads values at paths below an element, and keeps what it finds wrong in `flaws`."""

    flaws: list[str] = field(default_factory=list)

    def line(self, element: Element, *paths: str) -> str:
        """Give the text at the first path that has any, in one line."""
        return one_line(element.part(*paths).text)

    def lines(self, element: Element, *paths: str) -> tuple[str, ...]:
        """Give the texts at all places of some paths, each in one line."""
        found = (one_line(each.text) for path in paths for each in islice(element.all(path), MOST_ALIKE))
        return tuple(dict.fromkeys(line for line in found if line))

    def notes(self, element: Element, *paths: str) -> tuple[str, ...]:
        """Give the texts at all places of some paths, with their line breaks."""
        found = (some_lines(each.text) for path in paths for each in islice(element.all(path), MOST_ALIKE))
        return tuple(note for note in found if note)

    def attribute(self, element: Element, path: str, name: str) -> str:
        """Give an attribute of the first element at a path, in one line."""
        return next((one_line(found.attributes.get(name, "")) for found in element.all(path)), "")

    def amount(self, element: Element, *paths: str) -> Decimal | None:
        """Give a number, exactly as it is written; None where there is none."""
        return self._amount_of(element.part(*paths))

    def amount_in(self, currency: str, amounts: Iterable[Element]) -> Decimal | None:
        """Give the one amount that is in a currency, else the one that doesn't say in which it is, else the first."""
        found = [amount for amount in amounts if not amount.is_empty]
        for wanted in (currency, ""):
            if alike := [amount for amount in found if amount.attributes.get("currencyID", "") == wanted]:
                return self._amount_of(alike[0])
        return self._amount_of(found[0]) if found else None

    def day(self, element: Element, *paths: str) -> date | None:
        """Give a day, which may stand in an element below the one that is named."""
        found = element.part(*paths)
        while found.children and not found.text.strip():
            found = found.children[0]
        text = found.text.strip()
        if not text:
            return None
        if (code := found.attributes.get("format", "")) not in DAY_FORMATS:
            self._flaw(found, f"is a day of the unknown format {one_line(code)[:SHOWN]}")
            return None
        day = day_of(text)
        if day is None:
            self._flaw(found, "is no day")
        return day

    def currency(self, element: Element, path: str) -> str:
        """Give a code of ISO 4217."""
        found = element.part(path)
        text = found.text.strip()
        if text and not CURRENCY.fullmatch(text):
            self._flaw(found, "is no currency")
            return ""
        return text

    def miss(self, flaw: str) -> None:
        """Note something that is wrong."""
        if len(self.flaws) < MOST_FLAWS and flaw not in self.flaws:
            self.flaws.append(flaw)

    def _amount_of(self, found: Element) -> Decimal | None:
        text = found.text.strip()
        if not text:
            return None
        if DECIMAL.fullmatch(text) and is_amount(amount := Decimal(text)):
            return amount
        self._flaw(found, "is no number")
        return None

    def _flaw(self, element: Element, what: str) -> None:
        self.miss(f"{one_line(element.name)[:SHOWN]} “{one_line(element.text)[:SHOWN]}” {what}")


def one_line(text: str) -> str:
    """Write a text in one line that means no harm, and is not too long."""
    return "".join(letter for letter in " ".join(text.split()) if not is_harmful(letter))[:LONGEST].strip()


def some_lines(text: str) -> str:
    """Write a text without its empty lines, and not too long."""
    lines = (one_line(line) for line in text[:LONGEST_NOTE].splitlines())
    return "\n".join(islice((line for line in lines if line), MOST_LINES))


def day_of(text: str) -> date | None:
    """Read a day from the beginning of a text; a time and a zone may follow it."""
    found = DAY.match(text)
    if not found:
        return None
    try:
        day = date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def iban_of(account: str) -> str:
    """Write an account as an IBAN without spaces; '' when it is none."""
    compact = account.replace(" ", "").upper()
    return compact if IBAN.fullmatch(compact) else ""
