"""Invoices of UN/CEFACT's Cross Industry syntax: Factur-X, ZUGFeRD of all versions, XRechnung.

ZUGFeRD 1 has other names for the same things; where both are tried, the newer comes first.
"""

from collections.abc import Iterator

from actors.invoices.codes import kind_of
from actors.invoices.contents import Contents, Delivery, Payment, Reference, ReferenceKind
from actors.invoices.cross_industry_parts import adjustments_of, party_of, positions_of, sums_of, taxes_of
from actors.invoices.elements import Element
from actors.invoices.facts import Invoice
from actors.invoices.values import Values, iban_of

ORDER = ("BuyerOrderReferencedDocument/IssuerAssignedID", "BuyerOrderReferencedDocument/ID")


def read_cross_industry(root: Element, values: Values) -> Contents:
    """Read all that a person wants to see of it."""
    document = root.part("ExchangedDocument", "HeaderExchangedDocument")
    trade = root.part("SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
    agreement = trade.part("ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
    delivery = trade.part("ApplicableHeaderTradeDelivery", "ApplicableSupplyChainTradeDelivery")
    settlement = trade.part("ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
    currency = values.currency(settlement, "InvoiceCurrencyCode")
    seller, buyer = party_of(agreement.part("SellerTradeParty"), values), party_of(agreement.part("BuyerTradeParty"), values)
    sums = sums_of(settlement, currency, values)
    payments = tuple(_payments(settlement, values))
    type_code = values.line(document, "TypeCode")
    facts = Invoice(
        number=values.line(document, "ID"),
        kind=kind_of(type_code),
        type_code=type_code,
        issued=values.day(document, "IssueDateTime"),
        due=values.day(settlement, "SpecifiedTradePaymentTerms/DueDateDateTime"),
        seller=seller.name,
        buyer=buyer.name,
        currency=currency,
        total=sums.gross,
        payable=sums.payable,
        tax=sums.tax,
        buyer_reference=values.line(agreement, "BuyerReference"),
        order_reference=values.line(agreement, *ORDER),
        iban=next((iban for payment in payments if (iban := iban_of(payment.account))), ""),
    )
    return Contents(
        facts,
        title=values.line(document, "Name"),
        language=values.line(document, "LanguageID"),
        seller=seller,
        buyer=buyer,
        references=tuple(_references(agreement, delivery, settlement, values)),
        delivery=_delivery(delivery, settlement, values),
        notes=values.notes(document, "IncludedNote/Content"),
        positions=positions_of(trade, values),
        adjustments=adjustments_of(settlement, values),
        taxes=taxes_of(settlement, values),
        sums=sums,
        payments=payments,
        terms=values.notes(settlement, "SpecifiedTradePaymentTerms/Description"),
        payment_reference=values.line(settlement, "PaymentReference"),
    )


def _references(agreement: Element, delivery: Element, settlement: Element, values: Values) -> Iterator[Reference]:
    kinds = ReferenceKind
    for kind, element, paths in (
        (kinds.BUYER, agreement, ("BuyerReference",)),
        (kinds.ORDER, agreement, ORDER),
        (kinds.CONTRACT, agreement, ("ContractReferencedDocument/IssuerAssignedID", "ContractReferencedDocument/ID")),
        (kinds.PROJECT, agreement, ("SpecifiedProcuringProject/Name", "SpecifiedProcuringProject/ID")),
        (kinds.DELIVERY_NOTE, delivery, ("DespatchAdviceReferencedDocument/IssuerAssignedID", "DeliveryNoteReferencedDocument/ID")),
        (kinds.PRECEDING, settlement, ("InvoiceReferencedDocument/IssuerAssignedID",)),
    ):
        yield from (Reference(kind, value) for value in values.lines(element, *paths))
    for document in agreement.all("AdditionalReferencedDocument"):
        if name := values.attribute(document, "AttachmentBinaryObject", "filename"):
            yield Reference(kinds.ATTACHED, name)


def _delivery(delivery: Element, settlement: Element, values: Values) -> Delivery:
    return Delivery(
        values.day(delivery, "ActualDeliverySupplyChainEvent/OccurrenceDateTime"),
        values.day(settlement, "BillingSpecifiedPeriod/StartDateTime"),
        values.day(settlement, "BillingSpecifiedPeriod/EndDateTime"),
    )


def _payments(settlement: Element, values: Values) -> Iterator[Payment]:
    for means in settlement.all("SpecifiedTradeSettlementPaymentMeans"):
        account = means.part("PayeePartyCreditorFinancialAccount")
        bank = means.part("PayeeSpecifiedCreditorFinancialInstitution")
        yield Payment(
            means=values.line(means, "TypeCode"),
            information=values.line(means, "Information"),
            account=values.line(account, "IBANID", "ProprietaryID"),
            holder=values.line(account, "AccountName"),
            bank=" ".join(values.lines(bank, "BICID", "Name")),
        )
