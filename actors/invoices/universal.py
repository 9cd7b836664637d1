"""Invoices and credit notes of OASIS' Universal Business Language 2: Peppol, XRechnung."""

import re
from collections.abc import Iterator

from actors.invoices.codes import kind_of
from actors.invoices.contents import Contents, Delivery, Payment, Reference, ReferenceKind
from actors.invoices.elements import Element
from actors.invoices.facts import Invoice, InvoiceKind
from actors.invoices.universal_parts import adjustments_of, party_of, positions_of, sums_of, taxes_of
from actors.invoices.values import Values, iban_of

CREDIT_NOTE = "CreditNote"
SUBJECT = re.compile(r"\A#[A-Z]{3}#")  # EN 16931 writes a note's subject before it


def read_universal(root: Element, values: Values) -> Contents:
    """Read all that a person wants to see of it."""
    currency = values.currency(root, "DocumentCurrencyCode")
    seller = party_of(root.part("AccountingSupplierParty/Party"), values)
    buyer = party_of(root.part("AccountingCustomerParty/Party"), values)
    sums = sums_of(root, currency, values)
    payments = tuple(_payments(root, values))
    type_code = values.line(root, "InvoiceTypeCode", "CreditNoteTypeCode")
    facts = Invoice(
        number=values.line(root, "ID"),
        kind=InvoiceKind.CREDIT_NOTE if root.name == CREDIT_NOTE else kind_of(type_code),
        type_code=type_code,
        issued=values.day(root, "IssueDate"),
        due=values.day(root, "DueDate", "PaymentMeans/PaymentDueDate"),
        seller=seller.name,
        buyer=buyer.name,
        currency=currency,
        total=sums.gross,
        payable=sums.payable,
        tax=sums.tax,
        buyer_reference=values.line(root, "BuyerReference"),
        order_reference=values.line(root, "OrderReference/ID"),
        iban=next((iban for payment in payments if (iban := iban_of(payment.account))), ""),
    )
    return Contents(
        facts,
        language=values.attribute(root, "Note", "languageID"),
        seller=seller,
        buyer=buyer,
        references=tuple(_references(root, values)),
        delivery=Delivery(
            values.day(root, "Delivery/ActualDeliveryDate"),
            values.day(root, "InvoicePeriod/StartDate"),
            values.day(root, "InvoicePeriod/EndDate"),
        ),
        notes=tuple(SUBJECT.sub("", note) for note in values.notes(root, "Note")),
        positions=positions_of(root, values),
        adjustments=adjustments_of(root, values),
        taxes=taxes_of(root, values),
        sums=sums,
        payments=payments,
        terms=values.notes(root, "PaymentTerms/Note"),
        payment_reference=values.line(root, "PaymentMeans/PaymentID"),
    )


def _references(root: Element, values: Values) -> Iterator[Reference]:
    for kind, path in (
        (ReferenceKind.BUYER, "BuyerReference"),
        (ReferenceKind.ORDER, "OrderReference/ID"),
        (ReferenceKind.CONTRACT, "ContractDocumentReference/ID"),
        (ReferenceKind.PROJECT, "ProjectReference/ID"),
        (ReferenceKind.DELIVERY_NOTE, "DespatchDocumentReference/ID"),
        (ReferenceKind.PRECEDING, "BillingReference/InvoiceDocumentReference/ID"),
    ):
        yield from (Reference(kind, value) for value in values.lines(root, path))
    for document in root.all("AdditionalDocumentReference/Attachment"):
        if name := values.attribute(document, "EmbeddedDocumentBinaryObject", "filename"):
            yield Reference(ReferenceKind.ATTACHED, name)


def _payments(root: Element, values: Values) -> Iterator[Payment]:
    for means in root.all("PaymentMeans"):
        account = means.part("PayeeFinancialAccount")
        yield Payment(
            means=values.line(means, "PaymentMeansCode"),
            information=values.attribute(means, "PaymentMeansCode", "name"),
            account=values.line(account, "ID"),
            holder=values.line(account, "Name"),
            bank=values.line(account, "FinancialInstitutionBranch/ID"),
        )
