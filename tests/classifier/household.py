"""A household's post, filed by people: senders with their own letterheads, three languages, bad scans, one-off senders, careless filing."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from actors.store.nouns.catalog import LabelId, LabelKind
from tests.classifier.phrases import LANGUAGES, TRADES, Language

# Information has no type: people file it under none.
TYPES = ("invoice", "reminder", "contract", "statement", "assessment", "certificate", "receipt")
# What other trades send stands in no folder.
PATHS: Mapping[str, str] = {
    **dict.fromkeys(("energy", "landlord"), "home"),
    **dict.fromkeys(("bank", "taxes"), "money"),
    **dict.fromkeys(("insurance", "doctor"), "provision"),
    "school": "children",
}
FOLDERS = sorted(set(PATHS.values()))
FAMILY = ("Anna", "Jonas", "Mia")
STREETS = ("Hauptstr.", "Lindenweg", "Mill Lane", "Station Road", "rue Pasteur", "avenue Foch")
FIRST_DAY = date(2019, 1, 1)
DAYS = 2000
TAGS = (*TRADES, "to pay", "for the tax", "important", *FAMILY, *(str(FIRST_DAY.year + year) for year in range(6)))
# Half of the letters come as files, the others are scanned well or badly.
MISREAD_SHARES = (0.0, 0.0, 0.0, 0.01, 0.02, 0.06)
MISREAD = {"l": "1", "1": "l", "0": "O", "o": "0", "e": "c", "n": "ri", "m": "rn", "ü": "ii", "ä": "a", "é": "e", "s": "5", "B": "8"}
FIRST_NUMBERS: Mapping[LabelKind, int] = {kind: 1000 * (number + 1) for number, kind in enumerate(LabelKind)}

Labels = Mapping[LabelKind, tuple[LabelId, ...]]


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody who writes. `head` stands above their letters, `foot` below; a logo that no OCR can read is missing in both."""

    trade: str
    language: Language
    head: str
    foot: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A document as it was read, how people have filed it, and how it should be. `sender` is a number; strangers share one."""

    text: str
    labels: Labels
    truth: Labels
    sender: int


class Household:
    """Gets letters; the same seed gets the same ones. Of the senders the first write most, the last hardly ever."""

    def __init__(self, seed: int, senders: int = 24) -> None:
        self._chance = random.Random(seed)
        trades = list(TRADES)
        self._senders = [self._sender(trades[number % len(trades)]) for number in range(senders)]
        self._weights = [1 / (number + 2) for number in range(senders)]

    def letters(self, count: int, strangers: float = 0.1, mistaken: float = 0.02) -> list[Letter]:
        """Get so many letters. Strangers write once and become no correspondents; a share of the labels is mistaken."""
        return [self._letter(strangers, mistaken) for _ in range(count)]

    def _sender(self, trade: str) -> Sender:
        chance = self._chance
        language = LANGUAGES[chance.choice(("de", "de", "en", "fr"))]
        city = chance.choice(language.cities.split())
        name = chance.choice(language.names[trade].split("|")).format(city=city, family=chance.choice(language.families.split()))
        place = f"{chance.choice(STREETS)} {chance.randint(1, 99)}, {chance.randint(10000, 99999)} {city}"
        phone, bank = f"Tel. 0{chance.randint(100, 999)} {chance.randint(10000, 999999)}", f"IBAN DE{chance.randint(10**19, 10**20 - 1)}"
        head, foot = chance.choice(
            (
                (f"{name}\n{place}", f"{phone} {bank}"),
                ("", f"{name} - {place} - {phone} - {bank}"),
                (f"{name} {place}", ""),
                (name, bank),
                ("", f"{phone} {bank}"),
            )
        )
        return Sender(trade, language, head, foot)

    def _letter(self, strangers: float, mistaken: float) -> Letter:
        chance = self._chance
        strange = chance.random() < strangers
        number = len(self._senders) if strange else chance.choices(range(len(self._senders)), self._weights)[0]
        sender = self._sender(chance.choice(list(TRADES))) if strange else self._senders[number]
        kind, reader, day = chance.choice(TRADES[sender.trade]), chance.choice(FAMILY), FIRST_DAY + timedelta(chance.randrange(DAYS))
        text = misread(self._text(sender, kind, reader, day), chance.choice(MISREAD_SHARES), chance)
        truth = filed(None if strange else number, sender.trade, kind, reader, day, important=chance.random() < 0.04)
        return Letter(text, self._mistaken(truth, mistaken), truth, number)

    def _text(self, sender: Sender, kind: str, reader: str, day: date) -> str:
        chance, language = self._chance, sender.language
        # What anybody might write: enclosures, advertisements, what other letters are about.
        others = "|".join(language.sentences.values()).split("|")
        body = chance.choices(language.sentences[kind].split("|"), k=chance.randint(2, 9)) + chance.choices(others, k=chance.randint(0, 3))
        body += chance.sample(language.courtesies.split("|"), chance.randint(1, 6))
        chance.shuffle(body)
        to = "" if kind == "receipt" else f"{reader} Sommer\nAm Markt 5\n12345 Neustadt"
        head = [sender.head, to, f"{day:%d.%m.%Y}", chance.choice(language.headings[kind].split("|"))]
        return self._filled("\n".join([*head, *body, sender.foot]), sender, day)

    def _filled(self, text: str, sender: Sender, day: date) -> str:
        chance = self._chance
        things = sender.language.trades[sender.trade].split()
        others = sender.language.trades[chance.choice(list(TRADES))].split()
        first, *parts = text.split("{")
        filled = [first]
        for part in parts:
            name, _, rest = part.partition("}")
            values = {
                "thing": chance.choice(things if chance.random() < 0.85 else others),
                "amount": f"{chance.randint(1, 900)},{chance.randint(0, 99):02d} EUR",
                "date": f"{day + timedelta(chance.randint(1, 60)):%d.%m.%Y}",
                "number": str(chance.randint(10**5, 10**9)),
                "period": str(day.year - chance.randint(0, 1)),
            }
            filled.append(values[name] + rest)
        return "".join(filled)

    def _mistaken(self, truth: Labels, share: float) -> Labels:
        chance, labels = self._chance, dict(truth)
        labels[LabelKind.TAG] = tuple(tag for tag in truth[LabelKind.TAG] if chance.random() > share)
        if truth[LabelKind.CORRESPONDENT] and chance.random() < share:
            labels[LabelKind.CORRESPONDENT] = (numbered(LabelKind.CORRESPONDENT, chance.randrange(len(self._senders))),)
        if chance.random() < share:
            labels[LabelKind.DOCUMENT_TYPE] = (numbered(LabelKind.DOCUMENT_TYPE, chance.randrange(len(TYPES))),)
        return labels


def filed(sender: int | None, trade: str, kind: str, reader: str, day: date, important: bool) -> Labels:
    """File a letter as a careful person does. That it is important, no word of it tells."""
    tags = {
        trade: True,
        str(day.year): True,
        reader: kind != "receipt",
        "to pay": kind in ("invoice", "reminder"),
        "for the tax": trade == "taxes" or (trade in ("doctor", "bank", "insurance") and kind in ("invoice", "certificate")),
        "important": important,
    }
    return {
        LabelKind.CORRESPONDENT: () if sender is None else (numbered(LabelKind.CORRESPONDENT, sender),),
        LabelKind.DOCUMENT_TYPE: (numbered(LabelKind.DOCUMENT_TYPE, TYPES.index(kind)),) if kind in TYPES else (),
        LabelKind.STORAGE_PATH: (numbered(LabelKind.STORAGE_PATH, FOLDERS.index(PATHS[trade])),) if trade in PATHS else (),
        LabelKind.TAG: tuple(sorted(numbered(LabelKind.TAG, TAGS.index(tag)) for tag, true in tags.items() if true)),
    }


def numbered(kind: LabelKind, number: int) -> LabelId:
    """Give the label of a kind that bears a number."""
    return LabelId(FIRST_NUMBERS[kind] + number)


def misread(text: str, share: float, chance: random.Random) -> str:
    """Read a text as OCR reads a bad scan: a share of the letters is taken for others, lost, or torn from the words."""
    if not share:
        return text
    return "".join(letter if chance.random() > share else chance.choice((MISREAD.get(letter, ""), letter + " ", "")) for letter in text)


def held_out(letters: Iterable[Letter], every: int = 4) -> tuple[list[Letter], list[Letter]]:
    """Part letters in those to learn from and those to be told, one of so many letters of each sender."""
    seen: defaultdict[int, int] = defaultdict(int)
    learned, told = list[Letter](), list[Letter]()
    for letter in letters:
        seen[letter.sender] += 1
        (told if seen[letter.sender] % every == 0 else learned).append(letter)
    return learned, told
