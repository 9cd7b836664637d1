"""All of an e-invoice that a person reads: parties, positions, taxes, sums, payment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from actors.invoices.facts import Invoice


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or buys. `address` is one line each, `identifiers` are tax and register numbers as given."""

    name: str = ""
    address: tuple[str, ...] = ()
    country: str = ""
    identifiers: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()


class ReferenceKind(StrEnum):
    """What an invoice may refer to."""

    BUYER = "buyer reference"
    ORDER = "order"
    CONTRACT = "contract"
    PROJECT = "project"
    DELIVERY_NOTE = "delivery note"
    PRECEDING = "preceding"
    ATTACHED = "attached"


@dataclass(frozen=True, slots=True)
class Reference:
    """One of them."""

    kind: ReferenceKind
    value: str


@dataclass(frozen=True, slots=True)
class Position:
    """One line: so much of a thing. `price` is for `per` units of it; `rate` is the tax in percent."""

    number: str = ""
    name: str = ""
    details: tuple[str, ...] = ()
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    per: Decimal | None = None
    rate: Decimal | None = None
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is taken off the sum of the positions, or put on it."""

    charge: bool
    reason: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class TaxShare:
    """The tax of one rate; `category` is a code of UNTDID 5305."""

    category: str
    rate: Decimal | None
    basis: Decimal | None
    amount: Decimal | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """From the sum of the positions down to what is to be paid."""

    positions: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    payable: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """One way to pay; `means` is a code of UNTDID 4461, `account` an IBAN or what else was given."""

    means: str = ""
    information: str = ""
    account: str = ""
    holder: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """When the goods came or the work was done."""

    day: date | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The whole invoice. `title` and `language` are '' where it doesn't tell; `flaws` are what it says wrong, in words."""

    facts: Invoice
    title: str = ""
    language: str = ""
    seller: Party = Party()
    buyer: Party = Party()
    references: tuple[Reference, ...] = ()
    delivery: Delivery = Delivery()
    notes: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    taxes: tuple[TaxShare, ...] = ()
    sums: Sums = Sums()
    payments: tuple[Payment, ...] = ()
    terms: tuple[str, ...] = ()
    payment_reference: str = ""
    flaws: tuple[str, ...] = ()
