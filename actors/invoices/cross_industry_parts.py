"""The parts of a Cross Industry invoice: parties, positions, taxes, sums."""

from collections.abc import Iterator

from actors.invoices.contents import Adjustment, Party, Position, Sums, TaxShare
from actors.invoices.elements import Element
from actors.invoices.values import Values

RATE = ("RateApplicablePercent", "ApplicablePercent")


def party_of(party: Element, values: Values) -> Party:
    """Read the seller or the buyer."""
    address = party.part("PostalTradeAddress")
    town = " ".join(values.lines(address, "PostcodeCode", "CityName"))
    streets = values.lines(address, "LineOne", "LineTwo", "LineThree")
    country = values.line(address, "CountryID")
    return Party(
        name=values.line(party, "Name", "SpecifiedLegalOrganization/TradingBusinessName"),
        address=tuple(line for line in (*streets, town, country) if line),
        country=country,
        identifiers=values.lines(party, "SpecifiedTaxRegistration/ID", "SpecifiedLegalOrganization/ID", "GlobalID", "ID"),
        contact=values.lines(
            party.part("DefinedTradeContact"),
            "PersonName",
            "TelephoneUniversalCommunication/CompleteNumber",
            "EmailURIUniversalCommunication/URIID",
        ),
    )


def positions_of(trade: Element, values: Values) -> tuple[Position, ...]:
    """Read the lines of the invoice."""
    return tuple(_position(item, values) for item in trade.all("IncludedSupplyChainTradeLineItem"))


def _position(item: Element, values: Values) -> Position:
    agreement = item.part("SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
    delivery = item.part("SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
    settlement = item.part("SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
    product = item.part("SpecifiedTradeProduct")
    line = item.part("AssociatedDocumentLineDocument")
    sums = settlement.part("SpecifiedTradeSettlementLineMonetarySummation", "SpecifiedTradeSettlementMonetarySummation")
    return Position(
        number=values.line(line, "LineID"),
        name=values.line(product, "Name"),
        details=(
            *values.notes(product, "Description"),
            *values.lines(product, "SellerAssignedID", "GlobalID"),
            *values.notes(line, "IncludedNote/Content"),
        ),
        quantity=values.amount(delivery, "BilledQuantity"),
        unit=values.attribute(delivery, "BilledQuantity", "unitCode"),
        price=values.amount(agreement, "NetPriceProductTradePrice/ChargeAmount"),
        per=values.amount(agreement, "NetPriceProductTradePrice/BasisQuantity"),
        rate=values.amount(settlement.part("ApplicableTradeTax"), *RATE),
        total=values.amount(sums, "LineTotalAmount"),
    )


def adjustments_of(settlement: Element, values: Values) -> tuple[Adjustment, ...]:
    """Read what is taken off the whole sum, or put on it."""
    return tuple(
        Adjustment(
            values.line(found, "ChargeIndicator/Indicator", "ChargeIndicator") == "true",
            values.line(found, "Reason"),
            values.amount(found, "ActualAmount"),
        )
        for found in settlement.all("SpecifiedTradeAllowanceCharge")
    )


def taxes_of(settlement: Element, values: Values) -> tuple[TaxShare, ...]:
    """Read the tax of each rate."""
    return tuple(_taxes(settlement, values))


def _taxes(settlement: Element, values: Values) -> Iterator[TaxShare]:
    for found in settlement.all("ApplicableTradeTax"):
        yield TaxShare(
            category=values.line(found, "CategoryCode"),
            rate=values.amount(found, *RATE),
            basis=values.amount(found, "BasisAmount"),
            amount=values.amount(found, "CalculatedAmount"),
            reason=values.line(found, "ExemptionReason"),
        )


def sums_of(settlement: Element, currency: str, values: Values) -> Sums:
    """Read the sums of the whole invoice."""
    found = settlement.part("SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation")
    return Sums(
        positions=values.amount(found, "LineTotalAmount"),
        allowances=values.amount(found, "AllowanceTotalAmount"),
        charges=values.amount(found, "ChargeTotalAmount"),
        net=values.amount(found, "TaxBasisTotalAmount"),
        tax=values.amount_in(currency, found.all("TaxTotalAmount")),
        gross=values.amount_in(currency, found.all("GrandTotalAmount")),
        prepaid=values.amount(found, "TotalPrepaidAmount"),
        rounding=values.amount(found, "RoundingAmount"),
        payable=values.amount(found, "DuePayableAmount"),
    )
