"""The parts of a UBL invoice: parties, positions, taxes, sums."""

from collections.abc import Iterator

from actors.invoices.contents import Adjustment, Party, Position, Sums, TaxShare
from actors.invoices.elements import Element
from actors.invoices.values import Values


def party_of(party: Element, values: Values) -> Party:
    """Read the seller or the buyer, by the name under which it is registered before the one under which it trades."""
    address = party.part("PostalAddress")
    streets = values.lines(address, "StreetName", "AdditionalStreetName", "AddressLine/Line")
    town = " ".join(values.lines(address, "PostalZone", "CityName"))
    country = values.line(address, "Country/IdentificationCode")
    return Party(
        name=values.line(party, "PartyLegalEntity/RegistrationName", "PartyName/Name"),
        address=tuple(line for line in (*streets, town, country) if line),
        country=country,
        identifiers=values.lines(party, "PartyTaxScheme/CompanyID", "PartyLegalEntity/CompanyID", "PartyIdentification/ID", "EndpointID"),
        contact=values.lines(party.part("Contact"), "Name", "Telephone", "ElectronicMail"),
    )


def positions_of(root: Element, values: Values) -> tuple[Position, ...]:
    """Read the lines of the invoice."""
    return tuple(_position(line, values) for name in ("InvoiceLine", "CreditNoteLine") for line in root.all(name))


def _position(line: Element, values: Values) -> Position:
    item, price = line.part("Item"), line.part("Price")
    unit = values.attribute(line, "InvoicedQuantity", "unitCode") or values.attribute(line, "CreditedQuantity", "unitCode")
    return Position(
        number=values.line(line, "ID"),
        name=values.line(item, "Name"),
        details=(
            *values.notes(item, "Description"),
            *values.lines(item, "SellersItemIdentification/ID", "StandardItemIdentification/ID"),
            *values.notes(line, "Note"),
        ),
        quantity=values.amount(line, "InvoicedQuantity", "CreditedQuantity"),
        unit=unit,
        price=values.amount(price, "PriceAmount"),
        per=values.amount(price, "BaseQuantity"),
        rate=values.amount(item, "ClassifiedTaxCategory/Percent"),
        total=values.amount(line, "LineExtensionAmount"),
    )


def adjustments_of(root: Element, values: Values) -> tuple[Adjustment, ...]:
    """Read what is taken off the whole sum, or put on it."""
    return tuple(
        Adjustment(
            values.line(found, "ChargeIndicator") == "true",
            values.line(found, "AllowanceChargeReason"),
            values.amount(found, "Amount"),
        )
        for found in root.all("AllowanceCharge")
    )


def taxes_of(root: Element, values: Values) -> tuple[TaxShare, ...]:
    """Read the tax of each rate."""
    return tuple(_taxes(root, values))


def _taxes(root: Element, values: Values) -> Iterator[TaxShare]:
    for found in root.all("TaxTotal/TaxSubtotal"):
        category = found.part("TaxCategory")
        yield TaxShare(
            category=values.line(category, "ID"),
            rate=values.amount(category, "Percent"),
            basis=values.amount(found, "TaxableAmount"),
            amount=values.amount(found, "TaxAmount"),
            reason=values.line(category, "TaxExemptionReason"),
        )


def sums_of(root: Element, currency: str, values: Values) -> Sums:
    """Read the sums of the whole invoice."""
    found = root.part("LegalMonetaryTotal")
    return Sums(
        positions=values.amount(found, "LineExtensionAmount"),
        allowances=values.amount(found, "AllowanceTotalAmount"),
        charges=values.amount(found, "ChargeTotalAmount"),
        net=values.amount(found, "TaxExclusiveAmount"),
        tax=values.amount_in(currency, root.all("TaxTotal/TaxAmount")),
        gross=values.amount(found, "TaxInclusiveAmount"),
        prepaid=values.amount(found, "PrepaidAmount"),
        rounding=values.amount(found, "PayableRoundingAmount"),
        payable=values.amount(found, "PayableAmount"),
    )
