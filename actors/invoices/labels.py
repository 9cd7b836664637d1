"""What stands beside the values of an invoice and over its columns, in each language."""

from collections.abc import Mapping
from enum import StrEnum

from actors.invoices.contents import ReferenceKind
from actors.invoices.facts import InvoiceKind


class Label(StrEnum):
    """What stands beside values and over columns."""

    NUMBER = "number"
    ISSUED = "issued"
    DUE = "due"
    SELLER = "seller"
    BUYER = "buyer"
    DELIVERED = "delivered"
    PERIOD = "period"
    POSITION = "position"
    ITEM = "item"
    QUANTITY = "quantity"
    PRICE = "price"
    TAX = "tax"
    AMOUNT = "amount"
    POSITIONS = "positions"
    ALLOWANCE = "allowance"
    CHARGE = "charge"
    NET = "net"
    GROSS = "gross"
    PREPAID = "prepaid"
    ROUNDING = "rounding"
    PAYABLE = "payable"
    TAX_RATE = "tax rate"
    BASIS = "basis"
    PAYMENT = "payment"
    ACCOUNT = "account"
    HOLDER = "holder"
    BANK = "bank"
    PAYMENT_REFERENCE = "payment reference"
    NOTES = "notes"
    MORE = "more"


Words = Mapping[Label | ReferenceKind | InvoiceKind, str]

ENGLISH: Words = {
    InvoiceKind.INVOICE: "Invoice",
    InvoiceKind.CREDIT_NOTE: "Credit note",
    Label.NUMBER: "Number",
    Label.ISSUED: "Date of issue",
    Label.DUE: "Due date",
    Label.SELLER: "Seller",
    Label.BUYER: "Buyer",
    Label.DELIVERED: "Date of delivery",
    Label.PERIOD: "Period",
    Label.POSITION: "No.",
    Label.ITEM: "Item",
    Label.QUANTITY: "Quantity",
    Label.PRICE: "Unit price",
    Label.TAX: "VAT",
    Label.AMOUNT: "Amount",
    Label.POSITIONS: "Sum of items",
    Label.ALLOWANCE: "Allowance",
    Label.CHARGE: "Charge",
    Label.NET: "Total without VAT",
    Label.GROSS: "Total",
    Label.PREPAID: "Already paid",
    Label.ROUNDING: "Rounding",
    Label.PAYABLE: "Amount due",
    Label.TAX_RATE: "VAT rate",
    Label.BASIS: "Taxable amount",
    Label.PAYMENT: "Payment",
    Label.ACCOUNT: "Account",
    Label.HOLDER: "Account holder",
    Label.BANK: "Bank",
    Label.PAYMENT_REFERENCE: "Payment reference",
    Label.NOTES: "Notes",
    Label.MORE: "Further items that are not shown here",
    ReferenceKind.BUYER: "Buyer reference",
    ReferenceKind.ORDER: "Order",
    ReferenceKind.CONTRACT: "Contract",
    ReferenceKind.PROJECT: "Project",
    ReferenceKind.DELIVERY_NOTE: "Delivery note",
    ReferenceKind.PRECEDING: "Earlier invoice",
    ReferenceKind.ATTACHED: "Attached file",
}
GERMAN: Words = {
    InvoiceKind.INVOICE: "Rechnung",
    InvoiceKind.CREDIT_NOTE: "Gutschrift",
    Label.NUMBER: "Nummer",
    Label.ISSUED: "Rechnungsdatum",
    Label.DUE: "Fällig am",
    Label.SELLER: "Verkäufer",
    Label.BUYER: "Käufer",
    Label.DELIVERED: "Lieferdatum",
    Label.PERIOD: "Zeitraum",
    Label.POSITION: "Pos.",
    Label.ITEM: "Bezeichnung",
    Label.QUANTITY: "Menge",
    Label.PRICE: "Einzelpreis",
    Label.TAX: "USt.",
    Label.AMOUNT: "Betrag",
    Label.POSITIONS: "Summe der Positionen",
    Label.ALLOWANCE: "Nachlass",
    Label.CHARGE: "Zuschlag",
    Label.NET: "Nettosumme",
    Label.GROSS: "Bruttosumme",
    Label.PREPAID: "Bereits gezahlt",
    Label.ROUNDING: "Rundung",
    Label.PAYABLE: "Zu zahlen",
    Label.TAX_RATE: "Steuersatz",
    Label.BASIS: "Steuerbasis",
    Label.PAYMENT: "Zahlung",
    Label.ACCOUNT: "Konto",
    Label.HOLDER: "Kontoinhaber",
    Label.BANK: "Bank",
    Label.PAYMENT_REFERENCE: "Verwendungszweck",
    Label.NOTES: "Bemerkungen",
    Label.MORE: "Weitere Positionen, die hier nicht gezeigt werden",
    ReferenceKind.BUYER: "Leitweg-ID / Käuferreferenz",
    ReferenceKind.ORDER: "Bestellung",
    ReferenceKind.CONTRACT: "Vertrag",
    ReferenceKind.PROJECT: "Projekt",
    ReferenceKind.DELIVERY_NOTE: "Lieferschein",
    ReferenceKind.PRECEDING: "Frühere Rechnung",
    ReferenceKind.ATTACHED: "Beigefügte Datei",
}
FRENCH: Words = {
    InvoiceKind.INVOICE: "Facture",
    InvoiceKind.CREDIT_NOTE: "Avoir",
    Label.NUMBER: "Numéro",
    Label.ISSUED: "Date d'émission",
    Label.DUE: "Échéance",
    Label.SELLER: "Vendeur",
    Label.BUYER: "Acheteur",
    Label.DELIVERED: "Date de livraison",
    Label.PERIOD: "Période",
    Label.POSITION: "N°",
    Label.ITEM: "Désignation",
    Label.QUANTITY: "Quantité",
    Label.PRICE: "Prix unitaire",
    Label.TAX: "TVA",
    Label.AMOUNT: "Montant",
    Label.POSITIONS: "Total des lignes",
    Label.ALLOWANCE: "Remise",
    Label.CHARGE: "Frais",
    Label.NET: "Total HT",
    Label.GROSS: "Total TTC",
    Label.PREPAID: "Déjà payé",
    Label.ROUNDING: "Arrondi",
    Label.PAYABLE: "Net à payer",
    Label.TAX_RATE: "Taux de TVA",
    Label.BASIS: "Base HT",
    Label.PAYMENT: "Paiement",
    Label.ACCOUNT: "Compte",
    Label.HOLDER: "Titulaire",
    Label.BANK: "Banque",
    Label.PAYMENT_REFERENCE: "Référence de paiement",
    Label.NOTES: "Remarques",
    Label.MORE: "Autres lignes qui ne sont pas affichées ici",
    ReferenceKind.BUYER: "Référence de l'acheteur",
    ReferenceKind.ORDER: "Commande",
    ReferenceKind.CONTRACT: "Contrat",
    ReferenceKind.PROJECT: "Projet",
    ReferenceKind.DELIVERY_NOTE: "Bon de livraison",
    ReferenceKind.PRECEDING: "Facture antérieure",
    ReferenceKind.ATTACHED: "Fichier joint",
}
