"""How a text becomes numbers: its words and pairs of neighbours, counted in buckets and weighed. The same for training and suggesting."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import regex  # type: ignore[import-untyped]  # has no stubs; re knows no \p{M}, without which Hindi falls apart
from numpy.typing import NDArray

BUCKETS = 2**18
# Of the buckets, those that most documents share: a model then has a few MiB, whatever the archive.
MOST_BUCKETS = 30_000
# What stands in one document only tells nothing of the next.
FEWEST_DOCUMENTS = 2
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# Scripts without spaces are cut into letters, of which neighbours make pairs; elsewhere one letter alone is no word.
_WORD = regex.compile(rf"[{_UNSPACED}]|[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]{{2,}}", regex.VERSION1)

Buckets = NDArray[np.int32]
Counts = NDArray[np.int64]
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The buckets that count, ascending, and how much each one tells (inverse document frequency)."""

    buckets: Buckets
    rarity: Weights

    def vector(self, found: Buckets, counts: Counts) -> tuple[Buckets, Weights]:
        """Weigh what `count` has found: the places of known buckets, and their weights, whose squares add up to 1."""
        places = np.searchsorted(self.buckets, found)
        known = places < len(self.buckets)
        known[known] = self.buckets[places[known]] == found[known]
        columns = places[known].astype(np.int32)
        raw = (1 + np.log(counts[known])) * self.rarity[columns]
        length = np.sqrt(raw @ raw) or 1.0
        return columns, (raw / length).astype(np.float32)


def words(text: str) -> list[str]:
    """List the words of a text in small letters, without the forms that only look different."""
    found: list[str] = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return found


def count(text: str) -> tuple[Buckets, Counts]:
    """Count words and pairs of neighbours by bucket, ascending. CRC-32 is the same on every machine and at every start."""
    found = [f"{word} ".encode() for word in words(text)]
    sums = [crc32(word) for word in found]
    # A sum goes on from that of the word before, so the pair need not be written out.
    sums += [crc32(word, before) for before, word in zip(sums, found[1:], strict=False)]
    buckets, counts = np.unique(np.array(sums, np.uint32) % BUCKETS, return_counts=True)
    return buckets.astype(np.int32), counts


def choose_vocabulary(documents: Sequence[Buckets]) -> Vocabulary:
    """Choose the buckets that most documents share, and weigh them by how few those still are."""
    frequencies = np.zeros(BUCKETS, np.int32)
    for found in documents:
        frequencies[found] += 1
    shared = np.flatnonzero(frequencies >= FEWEST_DOCUMENTS)
    buckets = np.sort(shared[np.argsort(-frequencies[shared], kind="stable")[:MOST_BUCKETS]]).astype(np.int32)
    rarity = 1 + np.log((1 + len(documents)) / (1 + frequencies[buckets]))
    return Vocabulary(buckets, rarity.astype(np.float32))
