"""What senders write, in three languages: headings and sentences by the type of a letter, words and names by trade, courtesies of all.

Alternatives stand between bars. In braces stands what is different in each letter; a {thing} is a word of the sender's trade.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# What each trade sends.
TRADES: Mapping[str, tuple[str, ...]] = {
    "energy": ("invoice", "reminder", "contract", "information"),
    "telephone": ("invoice", "reminder", "contract", "information"),
    "bank": ("statement", "contract", "information", "certificate"),
    "insurance": ("contract", "invoice", "certificate", "information"),
    "taxes": ("assessment", "reminder", "information"),
    "doctor": ("invoice", "certificate", "information"),
    "landlord": ("contract", "statement", "reminder", "information"),
    "shop": ("invoice", "receipt", "reminder"),
    "garage": ("invoice", "receipt", "certificate"),
    "school": ("information", "certificate", "invoice"),
}


@dataclass(frozen=True, slots=True)
class Language:
    """How letters are written in one language."""

    headings: Mapping[str, str]
    sentences: Mapping[str, str]
    trades: Mapping[str, str]
    names: Mapping[str, str]
    courtesies: str
    cities: str
    families: str


GERMAN = Language(
    headings={
        "invoice": "Rechnung|Ihre Rechnung Nr. {number}|Rechnung vom {date}",
        "reminder": "Zahlungserinnerung|Mahnung|2. Mahnung zu Nr. {number}",
        "contract": "Vertragsbestätigung|Ihr Vertrag {number}|Auftragsbestätigung",
        "statement": "Kontoauszug|Abrechnung {period}|Auszug Nr. {number}",
        "assessment": "Bescheid|Bescheid für {period}|Festsetzung vom {date}",
        "certificate": "Bescheinigung|Bestätigung für {period}|Nachweis",
        "receipt": "Quittung|Kassenbon|Beleg {number}",
        "information": "Wichtige Information|Neues für Sie|Änderungen ab {date}",
    },
    sentences={
        "invoice": "Für {thing} und {thing} berechnen wir Ihnen {amount}.|Bitte überweisen Sie den Rechnungsbetrag bis zum {date}.|"
        "Der Betrag wird am {date} von Ihrem Konto abgebucht.|Summe netto {amount}, zuzüglich 19 % Umsatzsteuer.|Gesamtbetrag {amount}",
        "reminder": "Leider konnten wir zu {thing} keinen Zahlungseingang feststellen.|"
        "Der offene Betrag von {amount} war am {date} fällig.|Sollten Sie bereits gezahlt haben, ist dieses Schreiben gegenstandslos.|"
        "Wir berechnen Ihnen eine Gebühr von {amount}.",
        "contract": "Ihr Vertrag über {thing} beginnt am {date} und läuft 24 Monate.|Die Kündigungsfrist beträgt drei Monate.|"
        "Der monatliche Preis für {thing} beträgt {amount}.|Es gelten unsere allgemeinen Geschäftsbedingungen.",
        "statement": "Alter Saldo {amount}, neuer Saldo {amount}|{date} {thing} {amount}|Gutschrift {date} {amount}|"
        "Bitte prüfen Sie die Abrechnung für {period}.|Lastschrift {thing} {date} {amount}",
        "assessment": "Für {period} wird {thing} auf {amount} festgesetzt.|Gegen diesen Bescheid ist der Einspruch gegeben.|"
        "Die Festsetzung ist vorläufig hinsichtlich {thing}.|Zu zahlen sind {amount} bis spätestens {date}.",
        "certificate": "Hiermit bescheinigen wir {thing} für {period}.|Diese Bescheinigung ist ohne Unterschrift gültig.|"
        "Bitte bewahren Sie den Nachweis über {thing} auf.|Ausgestellt am {date}.",
        "receipt": "{thing} {amount}|Summe EUR {amount}|Bar {amount} zurück {amount}|Vielen Dank für Ihren Einkauf|{thing} 2 x {amount}",
        "information": "Ab dem {date} gelten neue Regeln für {thing}.|Wir laden Sie zu {thing} ein.|"
        "Für Sie ändert sich nichts, Sie müssen nichts tun.|Unsere Öffnungszeiten ändern sich zum {date}.",
    },
    trades={
        "energy": "Strom Zählerstand Kilowattstunden Grundpreis Arbeitspreis Netzbetreiber Tarif Abschlag Erdgas Fernwärme Verbrauch",
        "telephone": "Mobilfunk Rufnummer Internet Flatrate Datenvolumen Router Glasfaser Anschluss Roaming Tarif Verbindungen",
        "bank": "Girokonto Zinsen Depot Kreditkarte Sparplan Darlehen Dauerauftrag Überweisung Wertpapiere Freistellungsauftrag",
        "insurance": "Versicherungsschein Beitrag Haftpflicht Hausrat Schadenfall Police Deckung Selbstbeteiligung Versicherungsnehmer",
        "taxes": "Einkommensteuer Steuernummer Solidaritätszuschlag Werbungskosten Erstattung Vorauszahlung Lohnsteuer Freibetrag",
        "doctor": "Behandlung Diagnose Patient Untersuchung Befund Labor Rezept Impfung Sprechstunde Zahnreinigung",
        "landlord": "Miete Nebenkosten Wohnung Hausordnung Kaution Heizkosten Treppenhaus Mietvertrag Grundsteuer Müllabfuhr",
        "shop": "Lieferung Artikel Gutschein Rückgabe Versand Regal Lampe Bestellung Kundenkarte Werkzeug",
        "garage": "Inspektion Ölwechsel Bremsen Reifen Hauptuntersuchung Fahrzeug Kennzeichen Zündkerzen Kilometerstand Auspuff",
        "school": "Elternabend Klasse Zeugnis Ausflug Schulbuch Unterricht Mittagessen Ferien Schüler Hort",
    },
    names={
        "energy": "Stadtwerke {city}|{family} Energie GmbH",
        "telephone": "{family} Telekommunikation AG|{city}er Netz GmbH",
        "bank": "Sparkasse {city}|Volksbank {city}",
        "insurance": "{family} Versicherung AG|{city}er Lebensversicherung",
        "taxes": "Finanzamt {city}|Stadtkasse {city}",
        "doctor": "Dr. med. {family}|Zahnarztpraxis {family}",
        "landlord": "Hausverwaltung {family}|Wohnbau {city} eG",
        "shop": "Möbelhaus {family}|{family} Versandhandel",
        "garage": "Autohaus {family}|Kfz-Werkstatt {family}",
        "school": "Grundschule {city}|Gymnasium {city}",
    },
    courtesies="Sehr geehrte Damen und Herren,|Mit freundlichen Grüßen|Bei Fragen rufen Sie uns gerne an.|Vielen Dank für Ihr Vertrauen.|"
    "Dieses Schreiben wurde maschinell erstellt.|Bitte geben Sie bei jeder Zahlung Ihre Kundennummer an.|Anlagen: 2|"
    "Unsere Hinweise zum Datenschutz finden Sie auf unserer Seite.|Kreditinstitut Sparkasse, Konto siehe unten.|Seite 1 von 2",
    cities="Bremen Lübeck Kassel Ulm Trier Passau Fulda Görlitz Emden",
    families="Brandt Vogel Hartmann Lindner Seidel Kröger Bergmann Dietz Pohl",
)

ENGLISH = Language(
    headings={
        "invoice": "Invoice|Your invoice {number}|Tax invoice {date}",
        "reminder": "Payment reminder|Overdue account|Final notice {number}",
        "contract": "Your agreement|Agreement {number}|Confirmation of your contract",
        "statement": "Statement of account|Statement {period}|Statement no. {number}",
        "assessment": "Notice of assessment|Assessment for {period}|Calculation of {date}",
        "certificate": "Certificate|Confirmation for {period}|To whom it may concern",
        "receipt": "Receipt|Sales receipt {number}|Thank you for shopping",
        "information": "Important information|News for you|Changes from {date}",
    },
    sentences={
        "invoice": "We charge you {amount} for {thing} and {thing}.|Please pay the amount due by {date}.|Total due {amount}|"
        "The amount will be taken by direct debit on {date}.|Net {amount}, VAT at 20 % added.",
        "reminder": "Our records show no payment for {thing}.|The balance of {amount} was due on {date}.|A late fee of {amount} was added.|"
        "If you have paid already, please take no notice of this letter.",
        "contract": "Your agreement for {thing} begins on {date} and runs for 24 months.|You may cancel with three months' notice.|"
        "The monthly price for {thing} is {amount}.|Our terms and conditions apply.",
        "statement": "Opening balance {amount}, closing balance {amount}|{date} {thing} {amount}|Paid in {date} {amount}|"
        "Please check the entries for {period}.|Direct debit {thing} {date} {amount}",
        "assessment": "For {period} we have worked out {thing} as {amount}.|You can appeal within 30 days.|"
        "You must pay {amount} by {date}.|This calculation is provisional as to {thing}.",
        "certificate": "We hereby confirm {thing} for {period}.|This certificate is valid without a signature.|"
        "Please keep this proof of {thing}.|Issued on {date}.",
        "receipt": "{thing} {amount}|Total GBP {amount}|Cash {amount} change {amount}|Please come again|{thing} 2 x {amount}",
        "information": "From {date} new rules hold for {thing}.|We invite you to {thing}.|Nothing changes for you, there is nothing to do.|"
        "Our opening hours change on {date}.",
    },
    trades={
        "energy": "electricity meter reading kilowatt standing-charge unit-rate tariff supplier gas heating consumption grid",
        "telephone": "mobile number broadband allowance data router fibre line roaming tariff calls",
        "bank": "account interest savings card overdraft loan transfer shares mortgage branch",
        "insurance": "policy premium liability contents claim cover excess policyholder underwriter renewal",
        "taxes": "income-tax allowance reference self-assessment refund deduction revenue council-tax band relief",
        "doctor": "treatment diagnosis patient examination findings laboratory prescription vaccination surgery hygienist",
        "landlord": "rent tenancy flat deposit inventory heating stairway lease repairs ground-rent",
        "shop": "delivery item voucher returns dispatch shelf lamp order loyalty-card tools",
        "garage": "service oil-change brakes tyres MOT vehicle registration spark-plugs mileage exhaust",
        "school": "parents-evening class report outing textbook lessons lunch holidays pupil nursery",
    },
    names={
        "energy": "{city} Power Ltd|{family} Energy plc",
        "telephone": "{family} Telecom Ltd|{city} Networks",
        "bank": "Bank of {city}|{family} Building Society",
        "insurance": "{family} Mutual Insurance|{city} Life Assurance",
        "taxes": "{city} City Council|{city} Revenue Office",
        "doctor": "Dr {family}|{city} Dental Practice",
        "landlord": "{family} Lettings|{city} Housing Association",
        "shop": "{family} Furniture|{family} & Sons Mail Order",
        "garage": "{family} Motors|{city} Tyre Centre",
        "school": "{city} Primary School|{family} Academy",
    },
    courtesies="Dear Sir or Madam,|Yours faithfully|Please call us if you have any questions.|Thank you for your custom.|"
    "This letter was produced automatically.|Please quote your customer number with each payment.|Encl. 2|"
    "Our privacy notice is on our website.|Bankers: Bank, sort code see below.|Page 1 of 2",
    cities="Leeds Exeter Norwich Derby Lincoln Bath Durham",
    families="Whitfield Harper Barlow Ashdown Pemberton Croft Latimer",
)

FRENCH = Language(
    headings={
        "invoice": "Facture|Votre facture n° {number}|Facture du {date}",
        "reminder": "Rappel de paiement|Relance|Mise en demeure {number}",
        "contract": "Votre contrat|Contrat n° {number}|Confirmation de souscription",
        "statement": "Relevé de compte|Relevé {period}|Décompte n° {number}",
        "assessment": "Avis d'imposition|Avis pour {period}|Avis du {date}",
        "certificate": "Attestation|Attestation pour {period}|Certificat",
        "receipt": "Reçu|Ticket de caisse|Reçu n° {number}",
        "information": "Information importante|Du nouveau pour vous|Changements au {date}",
    },
    sentences={
        "invoice": "Nous vous facturons {amount} pour {thing} et {thing}.|Merci de régler le montant avant le {date}.|Total TTC {amount}|"
        "Le montant sera prélevé le {date} sur votre compte.|Montant HT {amount}, TVA à 20 % en sus.",
        "reminder": "Sauf erreur, nous n'avons reçu aucun règlement pour {thing}.|La somme de {amount} était due le {date}.|"
        "Des frais de {amount} ont été ajoutés.|Si vous avez déjà payé, veuillez ne pas tenir compte de ce courrier.",
        "contract": "Votre contrat pour {thing} débute le {date} pour une durée de 24 mois.|Le délai de résiliation est de trois mois.|"
        "Le prix mensuel de {thing} est de {amount}.|Nos conditions générales s'appliquent.",
        "statement": "Ancien solde {amount}, nouveau solde {amount}|{date} {thing} {amount}|Versement {date} {amount}|"
        "Veuillez vérifier les opérations de {period}.|Prélèvement {thing} {date} {amount}",
        "assessment": "Pour {period}, {thing} est fixé à {amount}.|Vous pouvez faire une réclamation.|"
        "Vous devez payer {amount} avant le {date}.|Ce calcul est provisoire quant à {thing}.",
        "certificate": "Nous attestons {thing} pour {period}.|Cette attestation est valable sans signature.|"
        "Veuillez conserver ce justificatif de {thing}.|Fait le {date}.",
        "receipt": "{thing} {amount}|Total EUR {amount}|Espèces {amount} rendu {amount}|Merci de votre visite|{thing} 2 x {amount}",
        "information": "À partir du {date}, de nouvelles règles valent pour {thing}.|Nous vous invitons à {thing}.|"
        "Rien ne change pour vous, vous n'avez rien à faire.|Nos horaires changent au {date}.",
    },
    trades={
        "energy": "électricité compteur relevé kilowattheures abonnement tarif fournisseur gaz chauffage consommation réseau",
        "telephone": "mobile numéro internet forfait données box fibre ligne itinérance tarif appels",
        "bank": "compte intérêts épargne carte découvert crédit virement titres hypothèque agence",
        "insurance": "police cotisation responsabilité habitation sinistre garantie franchise assuré échéance avenant",
        "taxes": "impôt revenu taxe foncière remboursement abattement acompte déclaration fiscal crédit-d'impôt",
        "doctor": "traitement diagnostic patient examen résultats laboratoire ordonnance vaccin consultation détartrage",
        "landlord": "loyer charges appartement règlement caution chauffage escalier bail travaux ordures",
        "shop": "livraison article bon retour expédition étagère lampe commande fidélité outils",
        "garage": "révision vidange freins pneus contrôle-technique véhicule immatriculation bougies kilométrage échappement",
        "school": "réunion classe bulletin sortie manuel cours cantine vacances élève garderie",
    },
    names={
        "energy": "Énergie de {city}|{family} Électricité SA",
        "telephone": "{family} Télécom|Réseaux de {city}",
        "bank": "Crédit de {city}|Caisse d'épargne {city}",
        "insurance": "Mutuelle {family}|Assurances {city}",
        "taxes": "Trésor public {city}|Mairie de {city}",
        "doctor": "Dr {family}|Cabinet dentaire {family}",
        "landlord": "Agence {family}|Immobilière de {city}",
        "shop": "Meubles {family}|Maison {family}",
        "garage": "Garage {family}|Auto {city}",
        "school": "École de {city}|Collège {family}",
    },
    courtesies="Madame, Monsieur,|Veuillez agréer nos salutations distinguées.|Pour toute question, appelez-nous.|"
    "Merci de votre confiance.|Ce courrier a été édité automatiquement.|Rappelez votre numéro de client pour chaque paiement.|P.J. : 2|"
    "Notre politique de confidentialité est sur notre site.|Banque : Crédit, voir ci-dessous.|Page 1 sur 2",
    cities="Dijon Nantes Amiens Tours Colmar Annecy Limoges",
    families="Lefèvre Moreau Garnier Chevalier Perrin Blanchard Roussel",
)

LANGUAGES: Mapping[str, Language] = {"de": GERMAN, "en": ENGLISH, "fr": FRENCH}
