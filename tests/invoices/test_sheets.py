"""An invoice becomes pages that people read, and every page's text is what stands on it."""

from dataclasses import replace
from decimal import Decimal

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest

from actors.invoices import composing
from actors.invoices.contents import Adjustment, Contents, Delivery, Payment, Position, Reference, ReferenceKind, TaxShare
from actors.invoices.facts import Invoice
from actors.invoices.reading import read_invoice
from actors.invoices.rows import Cell, Row, Sheets
from actors.invoices.sheets import draw, draw_invoice
from tests.invoices import bills


def drawn(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [str(page.get_textpage().get_text_range()) for page in document]


def words(text: str) -> list[str]:
    return sorted(text.split())


def test_an_invoice_is_written_out_in_its_language() -> None:
    (text,) = draw_invoice(read_invoice(bills.universal())).texts
    assert text.splitlines() == [
        "Rechnung RE-2024/17",
        "Nummer  RE-2024/17",
        "Rechnungsdatum  29.02.2024",
        "Fällig am  14.03.2024",
        "Leitweg-ID / Käuferreferenz  04011000-12345-34",
        "Bestellung  B-99",
        "Verkäufer  Käufer",
        "Töpferei Krug & Söhne",
        "Tonweg 1",
        "99084 Erfurt",
        "DE",
        "DE123456789",
        "Gärtnerei Grün",
        "Pos.  Bezeichnung  Menge  Einzelpreis  USt.  Betrag",
        "1",
        "Blumentopf",
        "aus Ton",
        "B-7",
        "2 Stück",
        "12,50",
        "19 %",
        "25,00",
        "Summe der Positionen  25,00 EUR",
        "Nettosumme  25,00 EUR",
        "USt.  4,75 EUR",
        "Bruttosumme  29,75 EUR",
        "Bereits gezahlt  9,75 EUR",
        "Zu zahlen  20,00 EUR",
        "Steuersatz  Steuerbasis  USt.",
        "19 %  25,00  4,75",
        "Zahlung",
        "Konto  DE02120300000000202051",
        "Bank  BYLADEM1001",
        "Verwendungszweck  RE17",
        "Zahlbar in 14 Tagen",
        "Bemerkungen",
        "Danke für",
        "Ihren Auftrag.",
    ]


@pytest.mark.parametrize("xml", [bills.universal(), bills.cross_industry(positions=200)])
def test_the_text_is_what_stands_on_the_pages(xml: bytes) -> None:
    made = draw_invoice(read_invoice(xml))
    assert [words(text) for text in drawn(made.pdf)] == [words(text) for text in made.texts]


def test_the_head_of_the_table_stands_on_every_page_with_positions() -> None:
    made = draw_invoice(read_invoice(bills.cross_industry(positions=200)))
    assert len(made.texts) > 5
    assert all("Bezeichnung  Menge" in text for text in made.texts if "Blumentopf" in text)
    assert sum(text.count("Blumentopf") for text in made.texts) == 200
    assert not made.truncated


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    lines = [f"line{number}" for number in range(150)]
    made = draw([Row((Cell("\n".join(lines), 0.5), Cell("beside", 0.5)))], "Long", "en")
    assert " ".join(made.texts).split() == [*lines[:56], "beside", *lines[56:]]
    assert [words(text) for text in drawn(made.pdf)] == [words(text) for text in made.texts]


def test_a_long_word_is_broken_on_the_page_and_whole_in_the_text() -> None:
    made = draw([Row((Cell("x" * 300, 0.2),))], "Long", "en")
    assert made.texts == ("x" * 300,)
    assert len(drawn(made.pdf)[0].split()) > 5


def test_letters_that_the_typeface_lacks_are_found_all_the_same() -> None:
    assert draw([Row((Cell("発票 فاتورة 🧾 {nb}"),))], "Other letters", "en").texts == ("発票 فاتورة 🧾 {nb}",)


def test_pages_are_bounded_and_the_cut_is_told() -> None:
    page = Row((Cell("\n".join(["line"] * 56)),))
    made = [draw([page] * count, "Long", "en", most_pages=3) for count in (2, 3, 4)]
    assert [(len(each.texts), each.truncated) for each in made] == [(2, False), (3, False), (3, True)]


def test_positions_are_bounded_and_the_others_counted() -> None:
    contents = replace(read_invoice(bills.universal()), positions=(Position(name="screw"),) * (composing.MOST_POSITIONS + 3))
    made = draw_invoice(contents)
    assert sum(text.count("screw") for text in made.texts) == composing.MOST_POSITIONS
    assert "nicht gezeigt werden: 3" in made.texts[-1]


def rare() -> Sheets:
    return draw_invoice(
        Contents(
            Invoice("7", currency="EUR"),
            title="PROFORMA",
            delivery=Delivery(first=None, last=None),
            references=(Reference(ReferenceKind.PRECEDING, "6"),),
            positions=(Position(price=Decimal(3), per=Decimal(100), unit="XYZ", quantity=Decimal("0.5")),),
            adjustments=(Adjustment(True, "Freight", Decimal(5)), Adjustment(False, "", Decimal(1))),
            taxes=(TaxShare("AE", Decimal(0), None, None, "Reverse charge"), TaxShare("E", None, None, Decimal(0))),
            payments=(Payment(information="by card"),),
        )
    )


def test_what_is_rare_is_written_too() -> None:
    (text,) = rare().texts
    for line in (
        "PROFORMA 7",
        "Earlier invoice  6",
        "0.5 XYZ  3.00 / 100",
        "Charge: Freight  5.00 EUR",
        "Allowance  1.00 EUR",
        "Reverse charge  0 %",
        "by card",
    ):
        assert line in text.splitlines()
