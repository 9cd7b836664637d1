"""Every label has a word in every language, and days and amounts are written as people there write them."""

from datetime import date
from decimal import Decimal

import pytest

from actors.invoices.contents import Contents, Party, ReferenceKind
from actors.invoices.facts import Invoice, InvoiceKind
from actors.invoices.labels import Label
from actors.invoices.wording import LANGUAGES, wording_of

WORDS: set[str] = {*Label, *ReferenceKind, *InvoiceKind}


def test_no_two_labels_are_one() -> None:
    assert len(WORDS) == len(Label) + len(ReferenceKind) + len(InvoiceKind)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_label_has_a_word(code: str) -> None:
    words = LANGUAGES[code].words
    assert set(words) == WORDS
    assert all(word.strip() == word != "" for word in words.values())


@pytest.mark.parametrize(
    ("code", "day", "money", "number"),
    [
        ("en", "05 Mar 2018", "1,234.50", "1,234.5"),
        ("de", "05.03.2018", "1.234,50", "1.234,5"),
        ("fr", "05/03/2018", "1\u00a0234,50", "1\u00a0234,5"),
    ],
)
def test_days_and_amounts_are_written_as_people_write_them(code: str, day: str, money: str, number: str) -> None:
    wording = LANGUAGES[code]
    assert (wording.day(date(2018, 3, 5)), wording.money(Decimal("1234.5000")), wording.number(Decimal("1234.5000"))) == (
        day,
        money,
        number,
    )


@pytest.mark.parametrize(
    ("amount", "money", "number"),
    [
        ("0", "0.00", "0"),
        ("400.0000", "400.00", "400"),
        ("-233.47", "-233.47", "-233.47"),
        ("0.0250", "0.025", "0.025"),
        ("9" * 18 + ".1234567891", "999,999,999,999,999,999.1234567891", "999,999,999,999,999,999.1234567891"),
    ],
)
def test_no_digit_is_lost(amount: str, money: str, number: str) -> None:
    wording = LANGUAGES["en"]
    assert (wording.money(Decimal(amount)), wording.number(Decimal(amount))) == (money, number)


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        (Contents(Invoice("1"), language="fr-FR", seller=Party(country="DE")), "fr"),
        (Contents(Invoice("1"), language="FR"), "fr"),
        (Contents(Invoice("1"), seller=Party(country="AT"), buyer=Party(country="FR")), "de"),
        (Contents(Invoice("1"), buyer=Party(country="FR")), "fr"),
        (Contents(Invoice("1"), language="ja"), "en"),
        (Contents(Invoice("1")), "en"),
    ],
)
def test_the_language_is_that_of_the_invoice_else_of_its_country(contents: Contents, code: str) -> None:
    assert wording_of(contents).code == code
