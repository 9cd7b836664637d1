"""Every paper that comes to one household in a year, with what the archive must make of it, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto

from scriba.v1.assignments_pb2 import Aspect, Giver

YEAR = 2025
HALF = date(YEAR, 7, 1)
INBOX = "inbox"
INSURANCE, STATEMENTS = "Allsure Insurance", "Statement"

BILL = """Stadtwerke Lindenau
Marktplatz 1, 04177 Lindenau

Lindenau, {day:%d.%m.%Y}
Kundennummer: 4711{month:02d}

Rechnung über Strom
für die Lieferung im Monat {month} berechnen wir Ihnen {amount} Euro.
Ihr Zähler {meter} wurde abgelesen."""
STATEMENT = """Savings  Bank  Lindenau
Account statement no. {number} of {day:%d %B %Y}

balance brought forward {amount}.17
{lines}
new balance {meter}.40"""
POLICY = """Allsure
Your policy {meter} covers the {thing}.
Date: {day:%d %B %Y}
The premium of {amount} is debited every quarter. The insured person shall report every
claim within a week. This cover is subject to our general terms for the {thing}."""
LETTER = """Lindenau Primary School
{day:%d %B %Y}

Dear parents,
the {thing} of class 3b takes place in week {number}. Please give your child {amount} coins and the slip
{meter} in a closed envelope."""
TICKET = """Railway ticket {meter}
Date of issue: {day:%d %B %Y}
One passenger, second class, from Lindenau to the {thing}, seat {number}, paid {amount}"""
RECIPE = """How to cook the {thing}, as number {meter} of the aunt's book has it: take {amount} spoons
of flour and {number} eggs."""
RECEIPT = """Furniture House Oakmoor
Date: {day:%d %B %Y}
One shelf of the model {thing}
Total {amount} with guarantee"""

THINGS = "lamp garden bicycle piano cellar kitchen carpet window boat mirror attic camera".split()


class Way(Enum):
    """How a paper comes into the archive."""

    FOLDER = auto()
    UPLOAD = auto()
    COMMAND = auto()


class Make(Enum):
    """What file it is."""

    LETTER = auto()
    SCAN = auto()
    NOTE = auto()
    INVOICE = auto()


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """A value that a document was given, by whom and why; `why` is the reason whole, or None where only its being there counts."""

    aspect: int
    value: str
    giver: int
    why: str | None = field(compare=False)
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file, the day on which it comes, and what it must be given. `sent` are the facts that come with it."""

    name: str
    text: str
    day: date
    way: Way
    make: Make
    told: tuple[Told, ...] = ()
    sent: dict[str, str] = field(default_factory=dict)
    asn: int = 0


def dated(day: date) -> Told:
    """Expect that the date was read from the text."""
    return Told(Aspect.ASPECT_CREATED_DATE, day.isoformat(), Giver.GIVER_TEXT, None)


def by_rule(aspect: Aspect.ValueType, value: str, why: str) -> Told:
    """Expect a value that the pattern of its label has given."""
    return Told(aspect, value, Giver.GIVER_RULE, why)


def delivered(aspect: Aspect.ValueType, value: str) -> Told:
    """Expect a value that came with the file."""
    return Told(aspect, value, Giver.GIVER_DELIVERY, "")


def year() -> list[Paper]:
    """Give two hundred papers in the order in which they come."""
    makers = (bills, statements, phone_invoices, policies, school_letters, tickets, recipes, receipts, notes)
    return sorted((paper for make in makers for paper in make()), key=lambda paper: (paper.day, paper.name))


def _days(count: int) -> Iterator[tuple[int, date]]:
    """Spread some days evenly over the year."""
    for number in range(count):
        yield number, date(YEAR, 1, 3) + timedelta(number * 360 // count)


def _filled(text: str, number: int, day: date) -> str:
    """Fill a form with words and numbers, which are others in every paper."""
    thing = THINGS[number % len(THINGS)]
    lines = "\n".join(f"{day:%d.%m.} {THINGS[(number + at) % 12]} {number * 37 + at * 11}.50" for at in range(4))
    amount, meter = 23 + number * 7, 80_000 + number * 1_313
    return text.format(day=day, month=day.month, number=number + 1, amount=amount, meter=meter, thing=thing, lines=lines)


def bills() -> Iterator[Paper]:
    """Come every month: the sender by its name, the tag with the one above, a number out of the text."""
    for number, day in _days(12):
        told = (
            by_rule(Aspect.ASPECT_CORRESPONDENT, "Stadtwerke Lindenau", "the phrase 'Stadtwerke Lindenau'"),
            by_rule(Aspect.ASPECT_DOCUMENT_TYPE, "Invoice", "the word 'rechnung'"),
            by_rule(Aspect.ASPECT_TAG, "energy", "the word 'strom'"),
            by_rule(Aspect.ASPECT_TAG, "home", "with the tag 'energy' below it"),
            Told(Aspect.ASPECT_FIELD, f"4711{day.month:02d}", Giver.GIVER_EXTRACTION, None, "Customer number"),
            dated(day),
        )
        yield Paper(f"strom-{day}.pdf", _filled(BILL, number, day), day, Way.FOLDER, Make.LETTER, told)


def statements() -> Iterator[Paper]:
    """Come twice a month from the bank's web page, uploaded by a program."""
    for number, day in _days(24):
        told = (
            by_rule(
                Aspect.ASPECT_CORRESPONDENT,
                "Savings Bank Lindenau",
                r"the text 'Savings Bank Lindenau', which 'Savings\s+Bank\s+Lindenau' describes",
            ),
            by_rule(Aspect.ASPECT_DOCUMENT_TYPE, STATEMENTS, "the words 'statement' and 'balance'"),
            dated(day),
        )
        yield Paper(f"statement-{number + 1:02d}.pdf", _filled(STATEMENT, number, day), day, Way.UPLOAD, Make.LETTER, told)


def phone_invoices() -> Iterator[Paper]:
    """Are XML and tell all by themselves."""
    why = "the electronic invoice"
    for number, day in _days(12):
        told = (
            Told(Aspect.ASPECT_CORRESPONDENT, "Töpferei Krug & Söhne", Giver.GIVER_INVOICE, why),
            Told(Aspect.ASPECT_DOCUMENT_TYPE, "Invoice", Giver.GIVER_INVOICE, why),
            Told(Aspect.ASPECT_CREATED_DATE, "2024-02-29", Giver.GIVER_INVOICE, why),
            Told(Aspect.ASPECT_FIELD, f"KRUG-{number}", Giver.GIVER_INVOICE, why, "Invoice number"),
            Told(Aspect.ASPECT_FIELD, f"{100 + number}.50 EUR", Giver.GIVER_INVOICE, why, "Invoice total"),
            Told(Aspect.ASPECT_FIELD, "2024-03-14", Giver.GIVER_INVOICE, why, "Due date"),
        )
        yield Paper(f"krug-{number}.xml", str(number), day, Way.FOLDER, Make.INVOICE, told)


def policies() -> Iterator[Paper]:
    """Bear no rule. In the first half of the year somebody files them, and from then on the archive knows where they belong."""
    for number, day in _days(40):
        learned = (Told(Aspect.ASPECT_CORRESPONDENT, INSURANCE, Giver.GIVER_CLASSIFIER, None),) if day >= HALF else ()
        yield Paper(f"policy-{number:02d}.pdf", _filled(POLICY, number, day), day, Way.FOLDER, Make.LETTER, (*learned, dated(day)))


def school_letters() -> Iterator[Paper]:
    """Lie in a folder that is a tag."""
    for number, day in _days(20):
        told = (delivered(Aspect.ASPECT_TAG, "school"), dated(day))
        yield Paper(f"school/letter-{number:02d}.pdf", _filled(LETTER, number, day), day, Way.FOLDER, Make.LETTER, told)


def tickets() -> Iterator[Paper]:
    """Are sent by the command, with a date that is another than the printed one, and a tag."""
    for number, day in _days(20):
        travel = day + timedelta(3)
        told = (delivered(Aspect.ASPECT_CREATED_DATE, travel.isoformat()), delivered(Aspect.ASPECT_TAG, "travel"))
        sent = {"created": travel.isoformat(), "tag": "travel"}
        yield Paper(f"ticket-{number:02d}.pdf", _filled(TICKET, number, day), day, Way.COMMAND, Make.LETTER, told, sent)


def recipes() -> Iterator[Paper]:
    """Are uploaded with a title and with the correspondent that a rule would not give."""
    for number, day in _days(20):
        title = f"Recipe {number}"
        told = (delivered(Aspect.ASPECT_CORRESPONDENT, "Aunt Rosa"), delivered(Aspect.ASPECT_TITLE, title))
        sent = {"correspondent": "Aunt Rosa", "title": title}
        text = _filled(RECIPE, number, day) + "\nPrinted by the Stadtwerke Lindenau"
        yield Paper(f"recipe-{number:02d}.pdf", text, day, Way.UPLOAD, Make.LETTER, told, sent)


def receipts() -> Iterator[Paper]:
    """Are scanned, with a sticker that bears the archive serial number."""
    for number, day in _days(6):
        asn = 700 + number
        told = (
            Told(Aspect.ASPECT_ARCHIVE_SERIAL_NUMBER, str(asn), Giver.GIVER_BARCODE, f"the barcode 'ASN{asn:05d}'"),
            by_rule(
                Aspect.ASPECT_CORRESPONDENT,
                "Furniture House Oakmoor",
                "the text 'furniture house oakmoor', which is 100 % like 'Furniture House Oakmoor'",
            ),
            dated(day),
        )
        yield Paper(f"receipt-{number}.pdf", _filled(RECEIPT, number, day), day, Way.FOLDER, Make.SCAN, told, asn=asn)


def notes() -> Iterator[Paper]:
    """Say nothing that any rule asks for."""
    for number, day in _days(46):
        words = " ".join(f"{THINGS[(number * 5 + at * at) % 12]}{number * at}" for at in range(1, 9))
        yield Paper(f"note-{number:02d}.txt", f"remember {words}", day, Way.FOLDER, Make.NOTE)
