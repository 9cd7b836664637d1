"""Facts that come from a decoder are believed when they can be true."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from actors.invoices.facts import LONGEST, Invoice, invoice_oddity

HONEST = Invoice(
    "RE 17", seller="Müller & Söhne", issued=date(2024, 2, 29), currency="EUR", total=Decimal("1.50"), iban="DE02120300000000202051"
)


def test_honest_facts_are_believed() -> None:
    assert invoice_oddity(HONEST) == ""
    assert invoice_oddity(Invoice("")) == ""
    assert invoice_oddity(replace(HONEST, number="x" * LONGEST, total=Decimal("-" + "9" * 18))) == ""


@pytest.mark.parametrize(
    "lie",
    [
        {"number": "x" * (LONGEST + 1)},
        {"seller": "two\nlines"},
        {"buyer": "\u202egnp"},
        {"order_reference": "\0"},
        {"type_code": "\x1b[2J"},
        {"buyer_reference": "\ud800"},
        {"currency": "euro"},
        {"iban": "12"},
        {"issued": date(1, 1, 1)},
        {"due": date(9999, 12, 31)},
        {"total": Decimal("1e18")},
        {"payable": Decimal("NaN")},
        {"payable": Decimal("Infinity")},
        {"tax": Decimal("1e-11")},
        {"tax": Decimal("1e2")},
    ],
)
def test_facts_that_cannot_be_are_not(lie: dict[str, object]) -> None:
    assert invoice_oddity(replace(HONEST, **lie)) != ""  # type: ignore[arg-type]  # lies of all types
