"""How an invoice is worded: labels, days and amounts in its own language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actors.invoices.contents import Contents
from actors.invoices.labels import ENGLISH, FRENCH, GERMAN, Words

CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words, how it writes a day, and the signs before thousands and decimals."""

    code: str
    words: Words
    day_form: str
    thousands: str
    decimal: str

    def day(self, day: date) -> str:
        """Write a day."""
        return day.strftime(self.day_form)

    def number(self, number: Decimal) -> str:
        """Write a number with the decimals that it needs."""
        return self._signs(number.normalize())

    def money(self, amount: Decimal) -> str:
        """Write an amount with at least two decimals."""
        trimmed = amount.normalize()
        exponent = trimmed.as_tuple().exponent
        return self._signs(amount.quantize(CENTS) if isinstance(exponent, int) and exponent > -2 else trimmed)

    def _signs(self, number: Decimal) -> str:
        return f"{number:,f}".replace(",", "T").replace(".", self.decimal).replace("T", self.thousands)


LANGUAGES = {
    wording.code: wording
    for wording in (
        Wording("en", ENGLISH, "%d %b %Y", ",", "."),
        Wording("de", GERMAN, "%d.%m.%Y", ".", ","),
        Wording("fr", FRENCH, "%d/%m/%Y", "\u00a0", ","),
    )
}
SPOKEN = {"DE": "de", "AT": "de", "CH": "de", "LI": "de", "FR": "fr", "MC": "fr"}


def wording_of(contents: Contents) -> Wording:
    """Choose the language that an invoice says it is in, else that of its seller's or buyer's country, else English."""
    said = contents.language.lower()[:2]
    code = said or SPOKEN.get(contents.seller.country) or SPOKEN.get(contents.buyer.country, "")
    return LANGUAGES.get(code, LANGUAGES["en"])
