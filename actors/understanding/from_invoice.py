"""What an electronic invoice says."""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from actors.invoices.facts import Invoice, InvoiceKind
from actors.store.catalog.field_values import LONGEST_TEXT
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import FieldId, FieldKind, FieldValue, Money

TYPES = {InvoiceKind.INVOICE: "Invoice", InvoiceKind.CREDIT_NOTE: "Credit note"}
NUMBER, TOTAL, DUE = "Invoice number", "Invoice total", "Due date"
FIELDS = {NUMBER: FieldKind.TEXT, TOTAL: FieldKind.MONEY, DUE: FieldKind.DATE}
LONGEST_NAME = 128
_CENT = Decimal("0.01")
_REASON = Reason(Giver.INVOICE, "the electronic invoice", 1.0)

EnsureFields = Callable[[dict[str, FieldKind]], Mapping[str, FieldId]]


def from_invoice(invoice: Invoice, ensure_fields: EnsureFields) -> Iterator[Proposal]:
    """Propose seller, type and date, and the fields for number, total and due date, which are made where they are not yet there."""
    yield Proposal(Aspect.DOCUMENT_TYPE, TYPES[invoice.kind], _REASON)
    if invoice.seller.strip():
        yield Proposal(Aspect.CORRESPONDENT, invoice.seller.strip()[:LONGEST_NAME], _REASON)
    if invoice.issued is not None:
        yield Proposal(Aspect.CREATED_DATE, invoice.issued, _REASON)
    values = dict(field_values(invoice))
    fields = ensure_fields({name: FIELDS[name] for name in values}) if values else {}
    for name, field_id in sorted(fields.items()):
        yield Proposal(Aspect.FIELD, values[name], _REASON, field=field_id)


def field_values(invoice: Invoice) -> Iterator[tuple[str, FieldValue]]:
    """Give the values of custom fields by their names."""
    if invoice.number.strip():
        yield NUMBER, invoice.number.strip()[:LONGEST_TEXT]
    total = invoice.total if invoice.total is not None else invoice.payable
    if total is not None:
        yield TOTAL, Money(total.quantize(_CENT, ROUND_HALF_UP), invoice.currency)
    if invoice.due is not None:
        yield DUE, invoice.due
