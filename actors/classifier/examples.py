"""Filed documents that texts are compared with, found by the features that they share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from actors.classifier.features import Rows, Vocabulary, Weights
from actors.classifier.tallies import Tallies


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """What was counted of each example, and those that have a place of the vocabulary: from begins[place] to begins[place + 1]."""

    documents: NDArray[np.int64]
    tallies: Tallies
    begins: NDArray[np.int64]
    having: NDArray[np.int32]
    weights: Weights

    def likeness(self, text: Rows) -> Weights:
        """Multiply a text with each example: 0 for no shared feature, 1 for the same ones."""
        begins = self.begins[text.places]
        lengths = self.begins[text.places + 1] - begins
        # Runs of a few hundred numbers each: from every begin as far as its length.
        shared = np.arange(lengths.sum()) + np.repeat(begins - lengths.cumsum() + lengths, lengths)
        products = self.weights[shared] * np.repeat(text.weights, lengths)
        return np.bincount(self.having[shared], products, minlength=len(self.documents)).astype(np.float32)


def make_examples(documents: NDArray[np.int64], tallies: Tallies, vocabulary: Vocabulary) -> Examples:
    """Weigh examples, and sort what they have by its place in the vocabulary."""
    rows = vocabulary.weigh(tallies)
    order = np.argsort(rows.places, kind="stable")
    begins = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(rows.places, minlength=len(vocabulary.buckets)))])
    having = np.repeat(np.arange(len(tallies), dtype=np.int32), rows.lengths)[order]
    return Examples(documents, tallies, begins, having, rows.weights[order])
