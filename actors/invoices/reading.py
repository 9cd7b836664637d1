"""Reads an e-invoice from its XML, whichever syntax it has."""

from collections.abc import Iterator
from dataclasses import replace

from actors.invoices.contents import Contents
from actors.invoices.cross_industry import read_cross_industry
from actors.invoices.errors import InvoiceUnreadable
from actors.invoices.facts import Invoice
from actors.invoices.parsing import Roots, parse
from actors.invoices.universal import CREDIT_NOTE, read_universal
from actors.invoices.values import Values

UN = "urn:un:unece:uncefact:data:standard:"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
# By the root's local name, how its namespace begins. UN's CBFBUY is what ZUGFeRD was before its first version; its root bears UBL's name.
ROOTS: Roots = {
    "CrossIndustryInvoice": (f"{UN}CrossIndustryInvoice:",),
    "CrossIndustryDocument": ("urn:ferd:CrossIndustryDocument:",),
    "Invoice": (f"{UBL}Invoice-2", f"{UN}CBFBUY:"),
    CREDIT_NOTE: (f"{UBL}CreditNote-2",),
}


def read_invoice(data: bytes) -> Contents:
    """Read an invoice. Raises NotAnInvoice for other XML and all else, InvoiceUnreadable for one that is beyond reading."""
    root, values = parse(data, ROOTS), Values()
    cross_industry = root.name.startswith("CrossIndustry") or not root.part("HeaderExchangedDocument").is_empty
    contents = read_cross_industry(root, values) if cross_industry else read_universal(root, values)
    facts = contents.facts
    if not facts.number and facts.total is None and facts.payable is None:
        raise InvoiceUnreadable("tells neither its number nor an amount")
    for lack in _lacks(facts):
        values.miss(lack)
    return replace(contents, flaws=tuple(values.flaws))


def _lacks(facts: Invoice) -> Iterator[str]:
    """Tell what every invoice must say, and this one doesn't."""
    for lacks, what in (
        (not facts.number, "number"),
        (facts.issued is None, "day of issue"),
        (not facts.seller, "seller"),
        (not facts.currency, "currency"),
        (facts.total is None and facts.payable is None, "amount"),
    ):
        if lacks:
            yield f"no {what} is given"
