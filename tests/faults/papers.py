"""Papers for fault tests: small, each with a word of its own that stands in no other."""

from enum import StrEnum

from tests.invariants.sent import Sent
from tests.ocr.papers import digital_pdf, scan_pdf


class Kind(StrEnum):
    """What becomes of a paper: a scan is read and bound, a digital page has its text already, a note is nothing but text."""

    SCAN = "scan"
    DIGITAL = "digital"
    TEXT = "text"


# Read without a mistake: of digits in a row, one in twenty comes apart in a small scan.
SYLLABLES = ("ba", "de", "fo", "gu", "ka", "me", "no", "pu", "sa", "te")
SUFFIXES = {Kind.SCAN: ".pdf", Kind.DIGITAL: ".pdf", Kind.TEXT: ".txt"}


def paper(number: int, kind: Kind, pages: int = 1) -> tuple[str, Sent]:
    """Make one paper with its name; the word is on the last page of a scan."""
    word = word_of(number)
    text = f"paper number {number}\nbears the word {word}"
    match kind:
        case Kind.SCAN:
            content = scan_pdf(*(f"a page before {number}" for _ in range(pages - 1)), text)
        case Kind.DIGITAL:
            content = digital_pdf(text)
        case Kind.TEXT:
            content = text.encode()
    return f"{kind}-{number}{SUFFIXES[kind]}", Sent(content, word)


def word_of(number: int) -> str:
    """Make a word that no other number has."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:06d}")


def papers(count: int, first: int = 0) -> dict[str, Sent]:
    """Make some of every kind; every second scan has two pages."""
    kinds = list(Kind)
    return dict(paper(number, kinds[number % len(kinds)], 1 + number % 2) for number in range(first, first + count))
