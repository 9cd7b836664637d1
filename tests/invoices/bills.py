"""Writes e-invoices for tests: the same small invoice in every syntax."""

from io import BytesIO

import pikepdf

from tests.ocr.papers import digital_pdf

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
UN = "urn:un:unece:uncefact:data:standard"
XRECHNUNG = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"


def cross_industry(
    *, number: str = "RE-2024/17", type_code: str = "380", positions: int = 1, head: str = "", total: str = "29.75"
) -> bytes:
    """Write Factur-X, ZUGFeRD 2 or XRechnung; `head` goes into the document's own part."""
    position = """
      <ram:IncludedSupplyChainTradeLineItem>
        <ram:AssociatedDocumentLineDocument><ram:LineID>{at}</ram:LineID></ram:AssociatedDocumentLineDocument>
        <ram:SpecifiedTradeProduct>
          <ram:SellerAssignedID>B-7</ram:SellerAssignedID><ram:Name>Blumentopf</ram:Name><ram:Description>aus Ton</ram:Description>
        </ram:SpecifiedTradeProduct>
        <ram:SpecifiedLineTradeAgreement>
          <ram:NetPriceProductTradePrice><ram:ChargeAmount>12.5000</ram:ChargeAmount></ram:NetPriceProductTradePrice>
        </ram:SpecifiedLineTradeAgreement>
        <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="H87">2.0000</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
        <ram:SpecifiedLineTradeSettlement>
          <ram:ApplicableTradeTax><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:ApplicableTradeTax>
          <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>25.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
        </ram:SpecifiedLineTradeSettlement>
      </ram:IncludedSupplyChainTradeLineItem>"""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="{UN}:CrossIndustryInvoice:100" xmlns:udt="{UN}:UnqualifiedDataType:100"
    xmlns:ram="{UN}:ReusableAggregateBusinessInformationEntity:100">
  <rsm:ExchangedDocumentContext/>
  <rsm:ExchangedDocument>
    <ram:ID>{number}</ram:ID><ram:TypeCode>{type_code}</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">20240229</udt:DateTimeString></ram:IssueDateTime>
    <ram:IncludedNote><ram:Content>Danke für
      Ihren Auftrag.</ram:Content></ram:IncludedNote>{head}
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>{"".join(position.format(at=at) for at in range(1, positions + 1))}
    <ram:ApplicableHeaderTradeAgreement>
      <ram:BuyerReference>04011000-12345-34</ram:BuyerReference>
      <ram:SellerTradeParty>
        <ram:Name>Töpferei Krug &amp; Söhne</ram:Name>
        <ram:PostalTradeAddress>
          <ram:PostcodeCode>99084</ram:PostcodeCode><ram:LineOne>Tonweg 1</ram:LineOne><ram:CityName>Erfurt</ram:CityName><ram:CountryID>DE</ram:CountryID>
        </ram:PostalTradeAddress>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456789</ram:ID></ram:SpecifiedTaxRegistration>
      </ram:SellerTradeParty>
      <ram:BuyerTradeParty><ram:Name>Gärtnerei Grün</ram:Name></ram:BuyerTradeParty>
      <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>B-99</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:PaymentReference>RE17</ram:PaymentReference>
      <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:SpecifiedTradeSettlementPaymentMeans>
        <ram:TypeCode>58</ram:TypeCode>
        <ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE02 1203 0000 0000 2020 51</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
        <ram:PayeeSpecifiedCreditorFinancialInstitution><ram:BICID>BYLADEM1001</ram:BICID></ram:PayeeSpecifiedCreditorFinancialInstitution>
      </ram:SpecifiedTradeSettlementPaymentMeans>
      <ram:ApplicableTradeTax>
        <ram:CalculatedAmount>4.75</ram:CalculatedAmount><ram:BasisAmount>25.00</ram:BasisAmount>
        <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19.00</ram:RateApplicablePercent>
      </ram:ApplicableTradeTax>
      <ram:SpecifiedTradePaymentTerms>
        <ram:Description>Zahlbar in 14 Tagen</ram:Description>
        <ram:DueDateDateTime><udt:DateTimeString format="102">20240314</udt:DateTimeString></ram:DueDateDateTime>
      </ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:LineTotalAmount>25.00</ram:LineTotalAmount><ram:TaxBasisTotalAmount>25.00</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="GBP">4.05</ram:TaxTotalAmount><ram:TaxTotalAmount currencyID="EUR">4.75</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>{total}</ram:GrandTotalAmount><ram:TotalPrepaidAmount>9.75</ram:TotalPrepaidAmount>
        <ram:DuePayableAmount>20.00</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>""".encode()  # noqa: E501  # XML reads better whole


def zugferd_1() -> bytes:
    """Write it as ZUGFeRD 1 did, which had other names for the same things."""
    xml = cross_industry().decode()
    for newer, older in (
        (f"{UN}:CrossIndustryInvoice:100", "urn:ferd:CrossIndustryDocument:invoice:1p0"),
        ("BusinessInformationEntity:100", "BusinessInformationEntity:12"),
        ("UnqualifiedDataType:100", "UnqualifiedDataType:15"),
        ("rsm:CrossIndustryInvoice", "rsm:CrossIndustryDocument"),
        ("rsm:ExchangedDocumentContext", "rsm:SpecifiedExchangedDocumentContext"),
        ("rsm:ExchangedDocument>", "rsm:HeaderExchangedDocument>"),
        ("rsm:SupplyChainTradeTransaction", "rsm:SpecifiedSupplyChainTradeTransaction"),
        ("ram:ApplicableHeaderTrade", "ram:ApplicableSupplyChainTrade"),
        ("ram:SpecifiedLineTrade", "ram:SpecifiedSupplyChainTrade"),
        ("SettlementHeaderMonetarySummation", "SettlementMonetarySummation"),
        ("SettlementLineMonetarySummation", "SettlementMonetarySummation"),
        ("RateApplicablePercent", "ApplicablePercent"),
        ("IssuerAssignedID", "ID"),
    ):
        xml = xml.replace(newer, older)
    return xml.encode()


def zugferd_0() -> bytes:
    """Write it as ZUGFeRD did before its first version: most names without a namespace, days without an element of their own."""
    xml = zugferd_1().decode().replace("ram:", "").replace("urn:ferd:CrossIndustryDocument:invoice:1p0", f"{UN}:CBFBUY:5")
    xml = xml.replace("rsm:CrossIndustryDocument", "rsm:Invoice").replace("</udt:DateTimeString>", "")
    for name in ("IssueDateTime", "DueDateDateTime"):
        xml = xml.replace(f'<{name}><udt:DateTimeString format="102">', f'<{name} format="102">')
    return xml.encode()


def universal(*, credit: bool = False, due: str = "2024-03-14") -> bytes:
    """Write it as UBL, as Peppol and XRechnung want it: an invoice or a credit note."""
    root, line, quantity = (
        ("CreditNote", "CreditNoteLine", "CreditedQuantity") if credit else ("Invoice", "InvoiceLine", "InvoicedQuantity")
    )
    due_day, paid_until = ("", f"<cbc:PaymentDueDate>{due}</cbc:PaymentDueDate>") if credit else (f"<cbc:DueDate>{due}</cbc:DueDate>", "")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="{UBL}:{root}-2" xmlns:cac="{UBL}:CommonAggregateComponents-2" xmlns:cbc="{UBL}:CommonBasicComponents-2">
  <cbc:CustomizationID>{XRECHNUNG}</cbc:CustomizationID>
  <cbc:ID>RE-2024/17</cbc:ID><cbc:IssueDate>2024-02-29</cbc:IssueDate>{due_day}
  <cbc:{root}TypeCode>{381 if credit else 380}</cbc:{root}TypeCode>
  <cbc:Note>#AAI#Danke für
      Ihren Auftrag.</cbc:Note>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cbc:BuyerReference>04011000-12345-34</cbc:BuyerReference>
  <cac:OrderReference><cbc:ID>B-99</cbc:ID></cac:OrderReference>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PartyName><cbc:Name>Krug</cbc:Name></cac:PartyName>
    <cac:PostalAddress>
      <cbc:StreetName>Tonweg 1</cbc:StreetName><cbc:CityName>Erfurt</cbc:CityName><cbc:PostalZone>99084</cbc:PostalZone>
      <cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country>
    </cac:PostalAddress>
    <cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>Töpferei Krug &amp; Söhne</cbc:RegistrationName></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PartyName><cbc:Name>Gärtnerei Grün</cbc:Name></cac:PartyName>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentMeans>
    <cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>{paid_until}<cbc:PaymentID>RE17</cbc:PaymentID>
    <cac:PayeeFinancialAccount>
      <cbc:ID>DE02120300000000202051</cbc:ID>
      <cac:FinancialInstitutionBranch><cbc:ID>BYLADEM1001</cbc:ID></cac:FinancialInstitutionBranch>
    </cac:PayeeFinancialAccount>
  </cac:PaymentMeans>
  <cac:PaymentTerms><cbc:Note>Zahlbar in 14 Tagen</cbc:Note></cac:PaymentTerms>
  <cac:TaxTotal><cbc:TaxAmount currencyID="GBP">4.05</cbc:TaxAmount></cac:TaxTotal>
  <cac:TaxTotal>
    <cbc:TaxAmount currencyID="EUR">4.75</cbc:TaxAmount>
    <cac:TaxSubtotal>
      <cbc:TaxableAmount currencyID="EUR">25.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">4.75</cbc:TaxAmount>
      <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19.00</cbc:Percent></cac:TaxCategory>
    </cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="EUR">25.00</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="EUR">25.00</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">29.75</cbc:TaxInclusiveAmount>
    <cbc:PrepaidAmount currencyID="EUR">9.75</cbc:PrepaidAmount>
    <cbc:PayableAmount currencyID="EUR">20.00</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
  <cac:{line}>
    <cbc:ID>1</cbc:ID><cbc:{quantity} unitCode="H87">2.0000</cbc:{quantity}><cbc:LineExtensionAmount>25.00</cbc:LineExtensionAmount>
    <cac:Item>
      <cbc:Description>aus Ton</cbc:Description><cbc:Name>Blumentopf</cbc:Name>
      <cac:SellersItemIdentification><cbc:ID>B-7</cbc:ID></cac:SellersItemIdentification>
      <cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent></cac:ClassifiedTaxCategory>
    </cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">12.5000</cbc:PriceAmount></cac:Price>
  </cac:{line}>
</{root}>""".encode()


def attached(xml: bytes, *, name: str = "factur-x.xml", page: str = "Rechnung", listed: bool = True) -> bytes:
    """Put XML into a digital PDF, in its list of embedded files or only among those that belong to it."""
    made = BytesIO()
    with pikepdf.open(BytesIO(digital_pdf(page))) as pdf:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, xml, filename=name, mime_type="text/xml")
        pdf.Root.AF = pikepdf.Array([pdf.attachments[name].obj])
        if not listed:
            del pdf.Root.Names
        pdf.save(made)
    return made.getvalue()
