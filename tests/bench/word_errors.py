"""Word error rate: what must be inserted, taken away or replaced to make one text another, in words."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

# Readers and ground truths set these as they like; nobody searches for them.
ALIKE = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2014": "-", "\u2013": "-", "\u017f": "s"})


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Errors among so many true words."""

    errors: int = 0
    words: int = 0

    @property
    def percent(self) -> float:
        """Give the word error rate; above 100 where more was read than stands there."""
        return 100 * self.errors / max(1, self.words)

    def __add__(self, other: Self) -> "WordErrors":
        """Count two texts as one."""
        return WordErrors(self.errors + other.errors, self.words + other.words)


def word_errors(read: str, truth: str) -> WordErrors:
    """Compare what was read with what stands there."""
    true_words = words_of(truth)
    return WordErrors(distance(words_of(read), true_words), len(true_words))


def words_of(text: str) -> list[str]:
    """Part a text into words; a dash parts words, a hyphen too."""
    return unicodedata.normalize("NFKC", text).translate(ALIKE).replace("-", " ").split()


def distance(left: Sequence[str], right: Sequence[str]) -> int:
    """Give the edit distance, row by row: within a row, an insertion costs one more than its neighbour at the left."""
    numbers = {word: number for number, word in enumerate({*left, *right})}
    columns = np.array([numbers[word] for word in right], dtype=np.int64)
    steps = np.arange(len(right) + 1)
    row = steps.copy()
    for count, word in enumerate(left, 1):
        kept = np.empty_like(row)
        kept[0] = count
        kept[1:] = np.minimum(row[1:] + 1, row[:-1] + (columns != numbers[word]))
        row = np.minimum.accumulate(kept - steps) + steps
    return int(row[-1])
