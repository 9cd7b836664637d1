"""What an e-invoice says about itself, as far as the archive files by it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

LONGEST = 300  # letters in a name or a number; those of honest invoices have a tenth of it
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)
MOST_DIGITS, MOST_DECIMALS = 18, 10
CURRENCY = re.compile(r"[A-Z]{3}")
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
# Letters without a shape of their own that turn the order of the others round.
TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class InvoiceKind(StrEnum):
    """Whether money is asked for or given back."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit note"


@dataclass(frozen=True, slots=True)
class Invoice:
    """The facts of an invoice; what it doesn't tell is '' or None.

    `type_code` is that of UNTDID 1001. `total` is the sum with tax, `payable` what of it is still to be paid, both of a credit note as it
    writes them, which is mostly without a sign. `buyer_reference` is the German authorities' Leitweg-ID, or what else the buyer asked for.
    """

    number: str
    kind: InvoiceKind = InvoiceKind.INVOICE
    type_code: str = ""
    issued: date | None = None
    due: date | None = None
    seller: str = ""
    buyer: str = ""
    currency: str = ""
    total: Decimal | None = None
    payable: Decimal | None = None
    tax: Decimal | None = None
    buyer_reference: str = ""
    order_reference: str = ""
    iban: str = ""


def invoice_oddity(invoice: Invoice) -> str:
    """Say what no honest reader of invoices gives; '' when nothing is odd."""
    return next(_oddities(invoice), "")


def _oddities(invoice: Invoice) -> Iterator[str]:
    texts = (invoice.number, invoice.type_code, invoice.seller, invoice.buyer, invoice.buyer_reference, invoice.order_reference)
    if any(len(text) > LONGEST or any(is_harmful(letter) for letter in text) for text in texts):
        yield "an invoice with names that are none"
    if invoice.currency and not CURRENCY.fullmatch(invoice.currency):
        yield "an invoice in a currency that is none"
    if invoice.iban and not IBAN.fullmatch(invoice.iban):
        yield "an invoice with an account that is none"
    if any(day is not None and not EARLIEST <= day <= LATEST for day in (invoice.issued, invoice.due)):
        yield "an invoice of an impossible day"
    if any(amount is not None and not is_amount(amount) for amount in (invoice.total, invoice.payable, invoice.tax)):
        yield "an invoice over an impossible amount"


def is_harmful(letter: str) -> bool:
    """Tell letters that have no place in one line of text."""
    return letter in TURNING or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")


def is_amount(amount: Decimal) -> bool:
    """Tell whether an amount is one that people write: finite, and neither too large nor too fine."""
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and -MOST_DECIMALS <= exponent <= 0 and abs(amount) < Decimal(10) ** MOST_DIGITS
