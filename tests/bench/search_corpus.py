"""A made-up archive: letters of about 300 words from a Zipf vocabulary, with compounds and codes; the same seed makes the same.

Its words are made of few syllables, so a part of a word is in far more words than in any language: the worst case for finding parts.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from actors.index.source import IndexDocument
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.catalog import Label, LabelFacts, LabelId, LabelKind

VOCABULARY = 200_000
_SYLLABLES = (
    "ver sich er ung haft pflicht rech nung kon to aus zug steu be scheid mie te trag bank haus gar ten wa gen le ben ar zt brief".split()
)
# Of the tags, few are borne by many documents, and each of the others by some ten of 100,000.
USUAL_TAGS, TAGS = 40, 10_000
_FIRMS = 300
_TYPES = ("invoice", "letter", "contract")
_FIRST_FIRM, _FIRST_TYPE = TAGS + 1, TAGS + _FIRMS + 1
_BEGIN = date(2005, 1, 1)


def vocabulary(size: int = VOCABULARY) -> list[str]:
    """Make distinct words; frequent ones are short."""
    chance, made = random.Random(1), dict[str, None]()
    while len(made) < size:
        parts = 1 + min(6, int(len(made) ** 0.15)) if len(made) < 2_000 else chance.randint(3, 7)
        made["".join(chance.choices(_SYLLABLES, k=parts)) + chance.choice(["", "e", "en", "s", chance.choice("xyzjq")])] = None
    return list(made)


def labels() -> list[Label]:
    """Make the labels that documents bear: tags, then firms, then types; rare tags are called by words of the archive."""
    known, chance = vocabulary(), random.Random(4)
    tags = [f"tag {number}" for number in range(USUAL_TAGS)]
    tags += [f"{chance.choice(known)} {chance.choice(known)} {number}" for number in range(USUAL_TAGS, TAGS)]
    firms = [f"firm {number}" for number in range(_FIRMS)]
    kinds = ((LabelKind.TAG, tags), (LabelKind.CORRESPONDENT, firms), (LabelKind.DOCUMENT_TYPE, _TYPES))
    named = [(kind, name) for kind, names in kinds for name in names]
    return [Label(LabelId(number), kind, 1, LabelFacts(name)) for number, (kind, name) in enumerate(named, 1)]


def documents(count: int, words_each: int = 300) -> Iterator[IndexDocument]:
    """Make documents with ids from 1; each bears three usual tags and a rare one."""
    known = vocabulary()
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(known))))
    chance = random.Random(2)
    for number in range(1, count + 1):
        text = chance.choices(known, cum_weights=weights, k=words_each)
        text.insert(50, f"RE-{number:06d}-{chance.randint(2000, 2024)}")
        added = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=7 * number)
        yield IndexDocument(
            id=DocumentId(number),
            revision=1,
            title=" ".join(chance.choices(known, cum_weights=weights, k=4)),
            pages=(" ".join(text[:150]) + f".\nunique{number}", " ".join(text[150:])),
            added=added,
            updated=added,
            filename=f"scan_{number:06d}.pdf",
            mime=chance.choice(["application/pdf", "application/pdf", "image/jpeg", "text/plain"]),
            language=chance.choice(["de", "de", "en"]),
            state=DocumentState.READY,
            page_count=2,
            created=_BEGIN + timedelta(days=chance.randrange(7_000)),
            asn=number if number % 3 == 0 else None,
            correspondent=LabelId(_FIRST_FIRM + chance.randrange(_FIRMS)),
            type=LabelId(_FIRST_TYPE + chance.randrange(len(_TYPES))),
            tags=(*(LabelId(1 + tag) for tag in chance.sample(range(USUAL_TAGS), 3)), _rare_tag(number)),
        )


def _rare_tag(number: int) -> LabelId:
    return LabelId(USUAL_TAGS + 1 + number * 7919 % (TAGS - USUAL_TAGS))
