"""What stands on paper becomes the value of a field, or none."""

from datetime import date
from decimal import Decimal

import pytest

from actors.store.nouns.catalog import Field, FieldFacts, FieldId, FieldKind, FieldValue, Money
from actors.understanding.reading_values import read_amount, read_value


def field(kind: FieldKind, **facts: object) -> Field:
    return Field(FieldId(1), kind, 1, FieldFacts("a field", **facts))  # type: ignore[arg-type]  # passes the facts on


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("12.345", "12345"),
        ("0.345", "0.345"),
        ("12,5", "12.5"),
        ("-17,00 €", "-17.00"),
        ("EUR 9", "9"),
        ("total: 529.87", "529.87"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "none", "€", "9" * 40])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("kind", "facts", "text", "value"),
    [
        (FieldKind.TEXT, {}, "  RE-1 \n 7 ", "RE-1 7"),
        (FieldKind.MONEY, {}, "529,87 €", Money(Decimal("529.87"), "EUR")),
        (FieldKind.MONEY, {}, "USD 1,000.00", Money(Decimal("1000.00"), "USD")),
        (FieldKind.MONEY, {"currency": "CHF"}, "12.-", Money(Decimal("12.00"), "CHF")),
        (FieldKind.INTEGER, {}, "1.000", 1000),
        (FieldKind.INTEGER, {}, "1.5", None),
        (FieldKind.NUMBER, {}, "1,5 kWh", 1.5),
        (FieldKind.BOOLEAN, {}, "Ja", True),
        (FieldKind.BOOLEAN, {}, "nein", False),
        (FieldKind.BOOLEAN, {}, "vielleicht", None),
        (FieldKind.CHOICE, {"options": {1: "Gas", 2: "Strom"}}, "strom", 2),
        (FieldKind.CHOICE, {"options": {1: "Gas"}}, "Wasser", None),
        (FieldKind.CHOICES, {"options": {1: "Gas", 2: "Strom"}}, "Strom, Gas", (1, 2)),
        (FieldKind.DOCUMENTS, {}, "17", None),
    ],
)
def test_each_kind_reads_its_values(kind: FieldKind, facts: dict[str, object], text: str, value: FieldValue | None) -> None:
    assert read_value(field(kind, **facts), text, lambda _: None) == value


def test_a_date_is_left_to_who_reads_dates() -> None:
    day = date(2018, 3, 5)
    assert read_value(field(FieldKind.DATE), "5. 3. 2018", lambda text: day if text == "5. 3. 2018" else None) == day
