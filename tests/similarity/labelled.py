"""Pairs of papers of which it is known whether they are one paper: digital, scanned in any quality, saved again, stamped, out of order."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.similarity.papers import TEMPLATES, text_of, write
from tests.similarity.scanner import Quality, read
from tests.similarity.templates import Page

# Which two papers of a template are compared: months that follow each other, and others whose numbers look alike.
TURNS = ((3, 4), (4, 5), (2, 7), (5, 6), (7, 8), (0, 8), (6, 10))
LANGUAGES = {"rechnung": "deu"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a paper says. `quality` is None where the text came with the file."""

    text: str
    quality: Quality | None = None

    @property
    def poor(self) -> bool:
        """Tell whether it came by fax, of which not even a person reads all."""
        return self.quality is Quality.FAX


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two readings, and whether they are of one paper."""

    kind: str
    one: Reading
    other: Reading
    same: bool

    @property
    def poor(self) -> bool:
        """Tell whether one of them is poor."""
        return self.one.poor or self.other.poor


def labelled(seed: int, kinds: Sequence[str] = tuple(TEMPLATES)) -> Iterator[Labelled]:
    """Make pairs of each kind; the same seed makes the same ones."""
    for kind in kinds:
        yield from pairs_of(kind, seed, random.Random(f"labelled {kind} {seed}"))


def pairs_of(kind: str, seed: int, chance: random.Random) -> Iterator[Labelled]:
    """Read a paper three times, and another of the same template once; compare each with each."""
    paper, fellow = (write(kind, seed, turn) for turn in chance.choice(TURNS))
    stamp = f"RECEIVED {chance.randint(1, 28):02}.{chance.randint(1, 12):02}.2026"
    ways = ((paper, ""), (paper[::-1], ""), (paper, stamp))
    once = [Reading(text_of(paper)), *(scanned(kind, pages, chance, stamped) for pages, stamped in ways)]
    another = [Reading(text_of(fellow)), scanned(kind, fellow, chance)]
    yield Labelled(kind, once[0], once[0], same=True)
    for number, reading in enumerate(once):
        for later in once[number + 1 :]:
            yield Labelled(kind, reading, later, same=True)
        for foreign in another:
            yield Labelled(kind, reading, foreign, same=False)


def scanned(kind: str, pages: Sequence[Page], chance: random.Random, stamp: str = "") -> Reading:
    """Scan pages in a quality that chance decides, and read them."""
    quality = chance.choice(tuple(Quality))
    return Reading(read(pages, quality, chance.randrange(10**6), stamp, LANGUAGES.get(kind, "eng")), quality)
