"""How a text becomes numbers: words, pairs and parts of them are counted in buckets and weighed. The same in training and use."""

import unicodedata
from dataclasses import dataclass

import numpy as np
import regex  # type: ignore[import-untyped]  # has no stubs; re knows no \p{M}, without which Hindi falls apart
from numpy.typing import NDArray

from actors.classifier.tallies import BITS, BUCKETS, Buckets, Ends, Tallies, Tally

# What stands in one document only tells nothing of the next.
FEWEST_DOCUMENTS = 2
# Parts of words outlive what OCR and grammar do to the whole: F1 of correspondents rose by 2 points (docs/classifier.md).
PART_LETTERS = 4
_MOST_COUNTED = 255
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# Scripts without spaces are cut into letters, of which neighbours make pairs; elsewhere one letter alone is no word.
_WORD = regex.compile(rf"[{_UNSPACED}]|[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]{{2,}}", regex.VERSION1)
_SPACE = ord(" ")
# Odd numbers that scatter bits well (the FNV prime, the golden ratio); sums and products of 32 bits wrap, as hashes do.
_PRIME = np.uint32(0x01000193)
_GOLDEN = np.uint32(0x9E3779B1)
_WORDS, _PAIRS, _PARTS = np.uint32(1), np.uint32(2), np.uint32(3)

Weights = NDArray[np.float32]
_Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Weighed documents: where in the vocabulary each one's features stand, and their weights, whose squares add up to 1."""

    ends: Ends
    places: NDArray[np.int32]
    weights: Weights

    @property
    def lengths(self) -> Ends:
        """Tell how many known features each document has."""
        return np.diff(self.ends, prepend=0)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The buckets that count, those first that most documents share, and how much each one tells (inverse document frequency)."""

    buckets: Buckets
    rarity: Weights

    def known(self, tallies: Tallies) -> Tallies:
        """Leave out what is not in the vocabulary."""
        kept = np.isin(tallies.buckets, self.buckets)
        row = np.repeat(np.arange(len(tallies)), tallies.lengths)[kept]
        ends = np.cumsum(np.bincount(row, minlength=len(tallies)), dtype=np.int64)
        return Tallies(ends, tallies.buckets[kept], tallies.counts[kept])

    def weigh(self, tallies: Tallies) -> Rows:
        """Weigh what was counted of documents; one of which no word is known has an empty row."""
        known = np.full(BUCKETS, -1, np.int32)
        known[self.buckets] = np.arange(len(self.buckets), dtype=np.int32)
        places = known[tallies.buckets]
        row = np.repeat(np.arange(len(tallies)), tallies.lengths)[places >= 0]
        counts, places = tallies.counts[places >= 0], places[places >= 0]
        raw = (1 + np.log(counts, dtype=np.float32)) * self.rarity[places]
        length = np.sqrt(np.bincount(row, raw * raw, minlength=len(tallies))).astype(np.float32)
        ends = np.cumsum(np.bincount(row, minlength=len(tallies)), dtype=np.int64)
        return Rows(ends, places, raw / length[row])


def words(text: str) -> list[str]:
    """List the words of a text in small letters, without the forms that only look different."""
    found: list[str] = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return found


def count(text: str) -> Tally:
    """Count words, pairs of neighbours and parts of words by bucket, ascending. Every machine finds the same buckets."""
    found = words(text)
    if not found:
        return np.zeros(0, np.int32), np.zeros(0, np.uint8)
    letters = np.frombuffer(f" {' '.join(found)} ".encode("utf-32-le"), "<u4").astype(np.uint32)
    whole = _hashes_of_words(letters)
    pairs = whole[:-1] * _GOLDEN + whole[1:]
    scattered = [_scatter(whole, _WORDS), _scatter(pairs, _PAIRS), _scatter(_hashes_of_parts(letters), _PARTS)]
    buckets, counts = np.unique(np.concatenate(scattered), return_counts=True)
    return buckets.astype(np.int32), np.minimum(counts, _MOST_COUNTED).astype(np.uint8)


def choose_vocabulary(tallies: Tallies) -> Vocabulary:
    """Choose the buckets that documents share, and weigh them by how few those still are."""
    frequencies = np.bincount(tallies.buckets, minlength=BUCKETS)
    shared = np.flatnonzero(frequencies >= FEWEST_DOCUMENTS)
    buckets = shared[np.argsort(-frequencies[shared], kind="stable")]
    rarity = 1 + np.log((1 + len(tallies)) / (1 + frequencies[buckets]))
    return Vocabulary(buckets.astype(np.int32), rarity.astype(np.float32))


def _hashes_of_words(letters: _Hashes) -> _Hashes:
    spaces = np.flatnonzero(letters == _SPACE)
    lengths = np.diff(spaces)
    place = np.arange(len(letters) - 1) - np.repeat(spaces[:-1], lengths)
    powers = np.cumprod(np.full(lengths.max(), _PRIME), dtype=np.uint32)
    worth = np.where(place == 0, np.uint32(0), letters[:-1] * powers[place])
    return np.add.reduceat(worth, spaces[:-1], dtype=np.uint32)


def _hashes_of_parts(letters: _Hashes) -> _Hashes:
    """Hash every part within a word; the space before or after it counts as a letter."""
    windows = (
        np.lib.stride_tricks.sliding_window_view(letters, PART_LETTERS) if len(letters) >= PART_LETTERS else np.zeros((0, PART_LETTERS))
    )
    within = (windows[:, 1:-1] != _SPACE).all(axis=1)
    powers = np.cumprod(np.full(PART_LETTERS, _PRIME), dtype=np.uint32)
    hashes: _Hashes = (windows[within].astype(np.uint32) * powers).sum(axis=1, dtype=np.uint32)
    return hashes


def _scatter(hashes: _Hashes, sort: np.uint32) -> _Hashes:
    """Spread hashes evenly over the buckets; the same hash of another sort of feature falls elsewhere."""
    mixed = (hashes + sort) * _GOLDEN
    mixed ^= mixed >> np.uint32(15)
    mixed *= _GOLDEN
    mixed ^= mixed >> np.uint32(13)
    mixed *= _PRIME
    return mixed >> np.uint32(32 - BITS)
