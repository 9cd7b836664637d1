"""Three scans for each who brings some: a letter of two pages, a bill and a note, as pictures that have to be read."""

from dataclasses import dataclass
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]  # it ships no types

from tests.ocr.paper import DPI, packed, printed

# Of nobody else's papers: each stands on the second page of somebody's letter, and nowhere else in the archive.
WORDS = {"wide": "walnut", "phone": "lantern", "keys": "orchard"}


@dataclass(frozen=True, slots=True)
class Scans:
    """What somebody brings; `word` is found on the second page of the first file alone."""

    word: str
    files: tuple[str, ...]


def make_scans(folder: Path) -> dict[str, Scans]:
    """Make everybody's scans, by who brings them."""
    return {who: _scans(folder, who, word) for who, word in WORDS.items()}


def _scans(folder: Path, who: str, word: str) -> Scans:
    folder.mkdir(parents=True, exist_ok=True)
    first = (
        "Dear neighbour,",
        f"this is the letter for the house called {who}.",
        "It goes on overleaf with what we agreed upon",
        "at the meeting in the village hall.",
    )
    second = (
        "Everybody waters the tree in the yard,",
        f"which is the old {word}, twice a week.",
        "Please tell the others of it as well.",
        "Yours sincerely, the gardener",
    )
    bill = (
        f"Invoice of the ironmonger for the {who} house",
        "Twelve hinges of brass and one door handle",
        "Amount to be paid before May: 48.20",
        "Thank you for your order in the shop",
    )
    note = (
        f"Note for the {who} cellar",
        "The boiler was looked after on Tuesday",
        "and runs well again with the new pump.",
        "The next visit is due after the summer",
    )
    pages = [packed(printed(lines)) for lines in (first, second)]
    contents = {
        "letter.pdf": bytes(img2pdf.convert(pages)),
        "bill.png": packed(printed(bill), dpi=DPI),
        "note.png": packed(printed(note), dpi=DPI),
    }
    files = [folder / f"{who}-{name}" for name in contents]
    for file, content in zip(files, contents.values(), strict=True):
        file.write_bytes(content)
    return Scans(word, tuple(str(file) for file in files))
