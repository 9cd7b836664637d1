"""Who writes to whom: all that the papers of one sender to one customer have in common."""

import random
from dataclasses import dataclass
from datetime import date

FIRST_NAMES = ("Anna", "Paul", "Clara", "Jonas", "Mia", "Felix", "Ruth", "Oskar", "Helen", "Simon")
LAST_NAMES = ("Weber", "Hartmann", "Okafor", "Lindqvist", "Moreau", "Castellan", "Brandt", "Novak")
TOWNS = ("Ashford", "Brenzdorf", "Kirchmoor", "Millbrook", "Steinfeld", "Whitcombe")
STREETS = ("Mill Lane", "Garden Road", "Harbour Street", "Lindenweg", "Church Row", "Am Anger")
FIRMS = ("Northern Power & Light", "Brenz Telecom", "Clearwater Utilities", "Harbour Insurance", "Meridian Leasing", "Steinfeld Energie")
GOODS = (
    "Copy paper A4 white",
    "Toner cartridge black",
    "Desk lamp LED",
    "Filing box grey",
    "Printer cable",
    "Monthly base fee",
    "Data plan",
    "Night tariff units",
    "Service call",
    "Replacement filter",
    "Meter rental",
    "Envelopes C5 window",
    "Wall calendar",
    "Ink pad blue",
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
MONATE = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
PROSE = (
    "The parties agree that the goods stay the property of the seller until the price has been paid in full.",
    "Each side may end this agreement in writing at the end of a quarter, with a notice of three months.",
    "Damage that could not be seen at delivery must be reported within two weeks after it was found.",
    "The landlord keeps roof, walls and heating in order; small repairs inside the flat are borne by the tenant.",
    "Keys are handed over against a receipt and must be given back, all of them, on the day of moving out.",
    "Should a clause of this paper be void, the others remain in force and the parties will put a fair one in its place.",
    "The insured person must tell the company about any change of address or of circumstances without delay.",
    "Our workshop is closed during the fair, and letters that arrive in that week are answered afterwards.",
    "We have looked at your file with care and come to the result that the earlier decision must stand.",
    "Please keep this letter together with your policy, since it will be asked for in the case of a claim.",
    "The garden behind the house may be used by all families, but cars must not be parked on the lawn.",
    "Noise after ten in the evening is to be avoided, and laundry is hung up in the attic only.",
    "The board was elected for two years, the cashier was thanked, and the meeting ended with a song.",
    "A lamp in the stairwell has been broken since autumn, and the caretaker has promised to replace it.",
    "For questions you reach us by telephone on working days, and by letter at the address above.",
    "The school trip leads to the coast, where the children will sleep in a hostel with a view of the harbour.",
)
SAETZE = (
    "Wir bitten Sie, den Betrag ohne Abzug auf das unten genannte Konto zu überweisen.",
    "Einwendungen gegen diese Abrechnung sind innerhalb eines Monats schriftlich zu erheben.",
    "Für Rückfragen steht Ihnen unser Kundendienst werktags gerne zur Verfügung.",
    "Dieses Schreiben wurde maschinell erstellt und ist ohne Unterschrift gültig.",
    "Bitte bewahren Sie dieses Schreiben zusammen mit Ihrem Vertrag sorgfältig auf.",
    "Die Änderung tritt zum nächsten Ersten in Kraft, ohne dass Sie etwas veranlassen müssen.",
)


@dataclass(frozen=True, slots=True)
class House:
    """What all papers of one sender to one customer have in common, and the chance that decided it."""

    firm: str
    street: str
    town: str
    phone: str
    iban: str
    customer: str
    first: str
    last: str
    home: str
    goods: tuple[tuple[str, int], ...]
    prose: tuple[str, ...]

    def head(self) -> list[str]:
        """Give the lines at the top of each letter."""
        return [self.firm, f"{self.street}, {self.town}", f"Telephone {self.phone}", "", f"{self.first} {self.last}", self.home, ""]


def make_house(chance: random.Random) -> House:
    """Choose a sender and a customer."""

    def digits(count: int) -> str:
        return "".join(chance.choice("0123456789") for _ in range(count))

    goods = tuple((name, chance.randint(199, 9_999)) for name in chance.sample(GOODS, 5))
    return House(
        firm=chance.choice(FIRMS),
        street=f"{chance.choice(STREETS)} {chance.randint(1, 180)}",
        town=f"{digits(5)} {chance.choice(TOWNS)}",
        phone=f"0{digits(4)} {digits(6)}",
        iban=f"DE{digits(2)} {digits(4)} {digits(4)} {digits(4)} {digits(4)} {digits(2)}",
        customer=digits(8),
        first=chance.choice(FIRST_NAMES),
        last=chance.choice(LAST_NAMES),
        home=f"{chance.choice(STREETS)} {chance.randint(1, 90)}, {digits(5)} {chance.choice(TOWNS)}",
        goods=goods,
        prose=tuple(chance.sample(PROSE, 6)),
    )


def money(cents: int) -> str:
    """Write an amount."""
    return f"{cents // 100:,}.{cents % 100:02}"


def betrag(cents: int) -> str:
    """Write an amount as it is written in German."""
    return money(cents).translate(str.maketrans(",.", ".,"))


def month_of(turn: int) -> date:
    """Give the first day of the n-th month."""
    return date(2024 + turn // 12, turn % 12 + 1, 1)
