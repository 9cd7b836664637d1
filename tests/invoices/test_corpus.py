"""Real e-invoices say what the corpus's list says of them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from actors.invoices.facts import Invoice, InvoiceKind
from actors.ocr.files.inspection import inspect_document
from actors.ocr.messages import DocumentInspected, InspectDocument, OcrSettings
from tests.corpus.manifest import CORPUS, MISSING

FOLDER = CORPUS / "invoices"
EURO = "EUR"
SIMPLE = Invoice(
    number="471102",
    type_code="380",
    issued=date(2018, 3, 5),
    seller="Lieferant GmbH",
    buyer="Kunden AG Mitte",
    currency=EURO,
    total=Decimal("529.87"),
    payable=Decimal("529.87"),
    tax=Decimal("56.87"),
)
XRECHNUNG = Invoice(
    number="471102",
    type_code="380",
    issued=date(2018, 3, 5),
    seller="Lieferant GmbH",
    buyer="Kunden AG Mitte",
    currency=EURO,
    total=Decimal("529.87"),
    payable=Decimal("529.87"),
    tax=Decimal("56.87"),
    buyer_reference="04011000-12345-34",
    iban="DE02120300000000202051",
)
EXPECTED = {
    "Avoir_FR_type381_BASIC.pdf": Invoice(
        number="AV-2017-0005",
        kind=InvoiceKind.CREDIT_NOTE,
        type_code="381",
        issued=date(2017, 11, 16),
        due=date(2017, 11, 16),
        seller="Au bon moulin",
        buyer="Ma jolie boutique",
        currency=EURO,
        total=Decimal("233.47"),
        payable=Decimal("233.47"),
        tax=Decimal("14.99"),
        order_reference="PO445",
    ),
    "EN16931_Einfach.pdf": SIMPLE,
    "Facture_FR_MINIMUM.pdf": Invoice(
        number="FA-2017-0010",
        type_code="380",
        issued=date(2017, 11, 13),
        seller="Au bon moulin",
        buyer="Ma jolie boutique",
        currency=EURO,
        total=Decimal("671.15"),
        payable=Decimal("470.15"),
        tax=Decimal("46.25"),
        order_reference="PO445",
    ),
    "MustangGnuaccountingBeispielRE-20140519_499.pdf": Invoice(
        number="RE-20140519/499",
        type_code="380",
        issued=date(2014, 5, 19),
        due=date(2014, 6, 9),
        seller="usegroup Inh. Jochen Stärk",
        buyer="Theodor Est",
        currency=EURO,
        total=Decimal("559.84"),
        payable=Decimal("559.84"),
        tax=Decimal("63.84"),
    ),
    "XRECHNUNG_Einfach.pdf": XRECHNUNG,
    "XRECHNUNG_Einfach.ubl.xml": XRECHNUNG,
    "factur-x.xml": Invoice(
        number="RE-20201121/508",
        type_code="380",
        issued=date(2020, 11, 21),
        due=date(2020, 12, 12),
        seller="Bei Spiel GmbH",
        buyer="Theodor Est",
        currency=EURO,
        total=Decimal("571.04"),
        payable=Decimal("571.04"),
        tax=Decimal("75.04"),
        buyer_reference="AB321",
        iban="DE88200800000970375700",
    ),
}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=MISSING)


def inspected(path: Path) -> DocumentInspected:
    return inspect_document(InspectDocument(path, "text/xml" if path.suffix == ".xml" else "application/pdf", OcrSettings()))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_invoice_tells_its_facts(name: str) -> None:
    found = inspected(FOLDER / name)
    assert (found.invoice, found.notices) == (EXPECTED[name], ())


def test_every_real_invoice_is_looked_at() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "fail1.pdf"}


def test_an_invalid_invoice_is_read_all_the_same_and_its_mistakes_are_told() -> None:
    found = inspected(FOLDER / "fail1.pdf")
    assert "Bei Spiel GmbH" in found.pages[0].text
    assert found.invoice is not None
    assert (found.invoice.number, found.invoice.issued, found.invoice.currency) == ("RE-20151008/504", None, "")
    assert [notice.code for notice in found.notices] == ["INVOICE_FAULTY"]
    assert "DateTimeString “20141008” is a day of the unknown format 1020" in found.notices[0].message


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("XRECHNUNG_Einfach.ubl.xml", ("Rechnung 471102", "Bruttosumme  529,87 EUR", "Leitweg-ID / Käuferreferenz  04011000-12345-34")),
        ("factur-x.xml", ("Rechnung RE-20201121/508", "Bruttosumme  571,04 EUR", "Fällig am  12.12.2020")),
    ],
)
def test_a_real_invoice_alone_is_readable(name: str, said: tuple[str, ...]) -> None:
    lines = inspected(FOLDER / name).pages[0].text.splitlines()
    assert [line for line in said if line not in lines] == []
