"""An invoice is read alike from every syntax, and what it says wrong is left out and told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from actors.invoices.contents import Contents, Party, Payment, Position, Reference, ReferenceKind, Sums, TaxShare
from actors.invoices.errors import InvoiceUnreadable
from actors.invoices.facts import Invoice, InvoiceKind, invoice_oddity
from actors.invoices.reading import read_invoice
from tests.invoices import bills

FACTS = Invoice(
    number="RE-2024/17",
    kind=InvoiceKind.INVOICE,
    type_code="380",
    issued=date(2024, 2, 29),
    due=date(2024, 3, 14),
    seller="Töpferei Krug & Söhne",
    buyer="Gärtnerei Grün",
    currency="EUR",
    total=Decimal("29.75"),
    payable=Decimal("20.00"),
    tax=Decimal("4.75"),
    buyer_reference="04011000-12345-34",
    order_reference="B-99",
    iban="DE02120300000000202051",
)
CONTENTS = Contents(
    FACTS,
    seller=Party("Töpferei Krug & Söhne", ("Tonweg 1", "99084 Erfurt", "DE"), "DE", ("DE123456789",)),
    buyer=Party("Gärtnerei Grün"),
    references=(Reference(ReferenceKind.BUYER, "04011000-12345-34"), Reference(ReferenceKind.ORDER, "B-99")),
    notes=("Danke für\nIhren Auftrag.",),
    positions=(Position("1", "Blumentopf", ("aus Ton", "B-7"), Decimal(2), "H87", Decimal("12.5"), None, Decimal(19), Decimal("25.00")),),
    taxes=(TaxShare("S", Decimal(19), Decimal("25.00"), Decimal("4.75")),),
    sums=Sums(
        positions=Decimal("25.00"),
        net=Decimal("25.00"),
        tax=Decimal("4.75"),
        gross=Decimal("29.75"),
        prepaid=Decimal("9.75"),
        payable=Decimal("20.00"),
    ),
    payments=(Payment(means="58", account="DE02 1203 0000 0000 2020 51", bank="BYLADEM1001"),),
    terms=("Zahlbar in 14 Tagen",),
    payment_reference="RE17",
)
WITHOUT_SPACES = replace(CONTENTS, payments=(Payment(means="58", account="DE02120300000000202051", bank="BYLADEM1001"),))
CREDIT = replace(WITHOUT_SPACES, facts=replace(FACTS, kind=InvoiceKind.CREDIT_NOTE, type_code="381"))


@pytest.mark.parametrize(
    ("xml", "contents"),
    [
        (bills.cross_industry(), CONTENTS),
        (bills.zugferd_1(), CONTENTS),
        (bills.zugferd_0(), CONTENTS),
        (bills.universal(), WITHOUT_SPACES),
        (bills.universal(credit=True), CREDIT),
    ],
    ids=["Factur-X", "ZUGFeRD 1", "before ZUGFeRD 1", "UBL invoice", "UBL credit note"],
)
def test_every_syntax_says_the_same(xml: bytes, contents: Contents) -> None:
    assert read_invoice(xml) == contents
    assert invoice_oddity(contents.facts) == ""


@pytest.mark.parametrize(("code", "kind"), [("380", InvoiceKind.INVOICE), ("384", InvoiceKind.INVOICE), ("381", InvoiceKind.CREDIT_NOTE)])
def test_the_type_tells_a_credit_note(code: str, kind: InvoiceKind) -> None:
    facts = read_invoice(bills.cross_industry(type_code=code)).facts
    assert (facts.kind, facts.type_code) == (kind, code)


@pytest.mark.parametrize(("prefix", "declaration"), [(b"", b"xmlns="), (b"any:", b"xmlns:any=")])
def test_a_prefix_is_any_name_or_none(prefix: bytes, declaration: bytes) -> None:
    xml = bills.cross_industry().replace(b"xmlns:rsm=", declaration).replace(b"rsm:", prefix)
    assert read_invoice(xml).facts == FACTS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_letters_survive_every_encoding(encoding: str) -> None:
    named = "utf-8" if encoding == "utf-8-sig" else encoding
    xml = bills.cross_industry().decode().replace('encoding="UTF-8"', f'encoding="{named}"').encode(encoding)
    assert read_invoice(xml).facts == FACTS


def test_white_space_before_the_declaration_does_no_harm() -> None:
    assert read_invoice(b"\r\n  " + bills.universal()).facts == FACTS


def test_what_is_written_wrong_is_left_out_and_told() -> None:
    xml = (
        bills.cross_industry(total="29,75")
        .replace(b"EUR</ram:Inv", b"Euro</ram:Inv")
        .replace(b'format="102">20240229', b'format="616">202409')
    )
    contents = read_invoice(xml.replace(b"20240314", b"20240230").replace(b"19</ram:RateA", b"19e</ram:RateA"))
    assert (contents.facts.issued, contents.facts.due, contents.facts.currency, contents.facts.total) == (None, None, "", None)
    assert contents.facts.payable == Decimal("20.00")
    assert contents.flaws == (
        "InvoiceCurrencyCode “Euro” is no currency",
        "GrandTotalAmount “29,75” is no number",
        "DateTimeString “202409” is a day of the unknown format 616",
        "DateTimeString “20240230” is no day",
        "RateApplicablePercent “19e” is no number",
        "no day of issue is given",
        "no currency is given",
    )


@pytest.mark.parametrize("amount", ["1e5", "NaN", "Infinity", "1 000", "1" * 19, "0." + "1" * 11, "--1", "٣", "0x10", "1_000"])
def test_an_amount_that_nobody_writes_is_none(amount: str) -> None:
    assert read_invoice(bills.cross_industry(total=amount)).facts.total is None


@pytest.mark.parametrize(("amount", "value"), [("-233.47", "-233.47"), ("+1", "1"), (" .50\n", "0.50"), ("5.", "5"), ("9" * 18, "9" * 18)])
def test_an_amount_is_taken_exactly(amount: str, value: str) -> None:
    total = read_invoice(bills.cross_industry(total=amount)).facts.total
    assert str(total) == value


def test_names_are_one_harmless_line_of_bounded_length() -> None:
    number = "RE\n 1\u202e7\x9b" + "x" * 1_000
    facts = read_invoice(bills.cross_industry(number=number)).facts
    assert facts.number == "RE 17" + "x" * 295
    assert invoice_oddity(facts) == ""


def test_an_account_that_is_no_iban_is_none() -> None:
    assert read_invoice(bills.universal().replace(b"DE02120300000000202051", b"202051")).facts.iban == ""


def test_an_invoice_without_number_and_amount_is_none() -> None:
    with pytest.raises(InvoiceUnreadable) as caught:
        read_invoice(f'<Invoice xmlns="{bills.UBL}:Invoice-2"/>'.encode())
    assert caught.value.reason == "tells neither its number nor an amount"


def test_what_every_invoice_must_say_is_missed() -> None:
    contents = read_invoice(f'<Invoice xmlns="{bills.UBL}:Invoice-2"><ID>7</ID></Invoice>'.encode())
    assert contents.facts == Invoice("7")
    assert contents.flaws == tuple(f"no {what} is given" for what in ("day of issue", "seller", "currency", "amount"))
