"""Letters, invoices, statements and receipts composed by chance from words of eight languages: what the weights were set by."""

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.dates.papers import Paper, fill

_WORDS = Path(__file__).with_suffix(".tsv")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, and the styles in which dates are written there."""

    language: str
    issued: str
    due: str
    delivered: str
    born: str
    until: str
    since: str
    printed: str
    plain: str
    period: str
    reference: str
    dateline: str
    invoice: str
    place: str
    text: str
    latest: str
    styles: str


def labels(words: Words, chance: random.Random) -> str:
    """Write an invoice with a label before each date, in any order."""
    lines = [f"{words.due}: {{due}}", f"{words.delivered}: {{del}}", f"{words.since} {{since}}", f"{words.born}: {{birth}}"]
    chosen = [*chance.sample(lines, 2), f"{chance.choice([words.issued, words.plain])}: {{d}}"]
    chance.shuffle(chosen)
    return "\n".join(["Example Ltd", "Street 1", words.place, "", f"{words.invoice} 4711", *chosen, "", words.text, "Total 119.00"])


def table(words: Words, chance: random.Random) -> str:
    """Write an invoice whose dates stand below their heads."""
    heads = [(words.issued, "{d}"), (words.due, "{due}"), (words.delivered, "{del}"), ("No.", "100234")]
    chance.shuffle(heads)
    gap = chance.choice(["   ", "\n"])
    top, below = gap.join(head for head, _ in heads), gap.join(value for _, value in heads)
    return f"{words.place}\n{words.invoice}\n\n{top}\n{below}\n\n{words.text}\n{words.since} {{since}}\nTotal 119.00"


def letter(words: Words, chance: random.Random) -> str:
    """Write a letter with place and date at its head, that speaks of other days."""
    date = chance.choice([f"{words.place}{words.dateline} {{d}}", f"{words.plain}: {{d}}", "{d}"])
    subject = chance.choice([f"{words.reference} {{ref}}", f"{words.born} {{birth}}"])
    before = chance.choice(["", f"{words.reference} {{ref}}\n"])
    body = f"{subject}\n\n{words.text}\n{words.latest} {{due}}.\n\nM. Example\n{words.until} {{until}}"
    return f"Example Ltd\nStreet 1\n{before}\n{date}\n\n{body}"


def statement(words: Words, chance: random.Random) -> str:
    """Write a statement of an account: a period, rows, and its own date."""
    first, last = words.period.split(";")
    own = f"{words.plain} {{d}}"
    rows = [f"{{{day}}}  Shop {number}   {chance.randint(1, 99)},{chance.randint(10, 99)}" for number, day in enumerate(("t1", "t2", "t3"))]
    period = chance.choice([f"{first} {{from}} {last} {{to}}", "{from} - {to}"])
    head = [period, own] if chance.random() < 0.5 else [own, period]
    return "\n".join(["Example Bank", *head, "", *rows, "", f"{words.since} {{since}}"])


def receipt(words: Words, chance: random.Random) -> str:
    """Write a receipt, its date with a time below or above."""
    line = "{d} 14:05"
    body = ["Bread  1,20", "Milk  0,99", "Total  2,19"]
    return "\n".join(["SHOP", words.place, *([line, *body] if chance.random() < 0.4 else [*body, line]), f"{words.until} {{until}}"])


def contract(words: Words, chance: random.Random) -> str:
    """Write a contract that is signed on its last page."""
    first, last = words.period.split(";")
    body = f"{words.text}\nA. Example, {words.born} {{birth}}\n{first} {{event}} {last} {{until}}"
    return f"{words.place}\n{body}\f{words.text}\n\n{words.place}{words.dateline} {{d}}\n\n______"


def footed(words: Words, chance: random.Random) -> str:
    """Write an invoice of three pages, each with the day of printing at its foot."""
    foot = f"\n{words.text}\n{words.printed} {{print}}"
    return f"Example Ltd\n{words.invoice} 4711\n{words.issued} {{d}}\n{words.text}{foot}\f{words.text}{foot}\f{words.text}{foot}"


def stamped(words: Words, chance: random.Random) -> str:
    """Write a letter of two pages with the day of its form alone at the foot of each."""
    return f"Example Ltd\n\n{words.text}\n\n{words.plain} {{d}}\n{words.text}\n{{since}}\f{words.text}\n{words.text}\n{{since}}"


KINDS: Sequence[Callable[[Words, random.Random], str]] = (labels, table, letter, statement, receipt, contract, footed, stamped)


def letters(each: int, seed: int) -> Iterator[Paper]:
    """Write so many papers of each kind in each language."""
    chance = random.Random(seed)
    with _WORDS.open(encoding="utf-8", newline="") as file:
        languages = [Words(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    for words in languages:
        for kind in KINDS:
            for _ in range(each):
                style = chance.choice(words.styles.split("; "))
                yield fill(f"{words.language}: {kind.__name__}", kind(words, chance), style, words.language, chance)
