"""Ridge regression of all labels at once, on how like documents are to some of them, the examples (Nyström's approximation).

Where every document is an example, it is the exact kernel ridge regression. One matrix is taken apart for all labels, and the same
matrix tells what would have been said of each document had it been left out: that is the hold-out, and it costs no second training.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve, cholesky, solve_triangular  # type: ignore[import-untyped]  # has no types
from scipy.sparse import csr_array  # type: ignore[import-untyped]  # has no types

from actors.classifier.certainty import Margins
from actors.classifier.features import Vocabulary, Weights
from actors.classifier.tallies import Tallies

# How much each weight costs, chosen on generated archives of 100 to 5,000 documents; a third or three times as much changes little.
STRENGTH = 0.1
# Keeps the examples' matrix regular where two of them are the same.
JITTER = 1e-3
# Features that most documents share are multiplied as full matrices, the others as sparse ones; both ways alone take several times as long.
COMMON = 2_048
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What was learned: weights (examples, columns) and means (columns,), and margins (documents, columns) as if each was left out."""

    weights: Weights
    means: Weights
    margins: Margins


class Ridge:
    """Holds the part of the work that is the same for all labels."""

    def __init__(self, vocabulary: Vocabulary, documents: Tallies, examples: Tallies) -> None:
        kernel = Kernel(vocabulary, examples)
        own = np.concatenate(list(kernel.likeness(examples))).astype(np.float64)
        self._examples = cholesky(own + JITTER * np.eye(len(own)), lower=True).astype(np.float32)
        # In the space that the examples span each document is a short row, and a usual ridge regression is left to do.
        self._rows = np.empty((len(documents), len(examples)), np.float32)
        begin = 0
        for alike in kernel.likeness(documents):
            solved = solve_triangular(self._examples, alike.T, lower=True, check_finite=False)
            self._rows[begin : begin + len(alike)] = solved.T
            begin += len(alike)
        gram = self._rows.T @ self._rows
        gram[np.diag_indices(len(gram))] += STRENGTH
        self._factor = cholesky(gram, lower=True, overwrite_a=True)
        self._leverage = np.concatenate([self._leverages(begin) for begin in range(0, len(self._rows), ROWS_AT_ONCE)])

    def fit(self, truths: NDArray[np.bool_]) -> Fit:
        """Learn columns of what is true of the documents; `truths` has the shape (documents, columns)."""
        means = truths.mean(axis=0, dtype=np.float32)
        targets = truths - means
        solved = cho_solve((self._factor, True), self._rows.T @ targets)
        missed = (targets - self._rows @ solved) / (1 - self._leverage[:, np.newaxis])
        weights = solve_triangular(self._examples, solved, lower=True, trans="T", check_finite=False)
        return Fit(np.ascontiguousarray(weights, np.float32), means, (truths - missed).astype(np.float32))

    def _leverages(self, begin: int) -> Weights:
        """Tell how far each document draws what is said of it to its own truth: near 1 for one unlike all others."""
        solved = solve_triangular(self._factor, self._rows[begin : begin + ROWS_AT_ONCE].T, lower=True, check_finite=False)
        leverages: Weights = np.minimum((solved**2).sum(axis=0), 0.999)
        return leverages


class Kernel:
    """Multiplies documents with examples. Common features stand first in the vocabulary."""

    def __init__(self, vocabulary: Vocabulary, examples: Tallies) -> None:
        self._vocabulary = vocabulary
        matrix = self._matrix(examples)
        self._common = matrix[:, :COMMON].toarray().T
        self._rare = matrix[:, COMMON:].T.tocsr()

    def likeness(self, documents: Tallies) -> Iterator[Weights]:
        """Tell how like documents are to the examples, some hundred documents at once: shapes (documents, examples)."""
        for part in documents.parts(ROWS_AT_ONCE):
            rows = self._matrix(part)
            products: Weights = rows[:, :COMMON].toarray() @ self._common
            yield products + (rows[:, COMMON:] @ self._rare).toarray()

    def _matrix(self, documents: Tallies) -> csr_array:
        rows, width = self._vocabulary.weigh(documents), len(self._vocabulary.buckets)
        return csr_array((rows.weights, rows.places, np.concatenate([np.zeros(1, np.int64), rows.ends])), shape=(len(documents), width))
