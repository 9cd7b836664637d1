"""The regression is the one that it says it is, and what it foretells of documents left out is what leaving them out would give."""

import numpy as np
import pytest
from numpy.typing import NDArray

from actors.classifier.features import choose_vocabulary
from actors.classifier.ridge import JITTER, ROWS_AT_ONCE, STRENGTH, Ridge
from actors.classifier.tallies import Tallies
from tests.classifier.household import Household
from tests.classifier.scores import corpus_of

TALLIES = corpus_of(Household(seed=1).letters(60)).tallies
VOCABULARY = choose_vocabulary(TALLIES)
TRUTHS = np.random.default_rng(1).random((60, 4)) < (0.5, 0.3, 0.1, 0.05)


def vectors(tallies: Tallies) -> NDArray[np.float64]:
    """Write the weighed documents out: shape (documents, features)."""
    rows, full = VOCABULARY.weigh(tallies), np.zeros((len(tallies), len(VOCABULARY.buckets)))
    full[np.repeat(np.arange(len(tallies)), rows.lengths), rows.places] = rows.weights
    return full


def test_where_every_document_is_an_example_it_is_kernel_ridge_regression() -> None:
    fit = Ridge(VOCABULARY, TALLIES, TALLIES).fit(TRUTHS)
    alike = vectors(TALLIES) @ vectors(TALLIES).T + JITTER * np.eye(60)
    # In the same space, where an example is a little more like itself than features say.
    exact = np.linalg.solve(alike + STRENGTH * np.eye(60), TRUTHS - TRUTHS.mean(axis=0))
    assert fit.weights == pytest.approx(exact, abs=0.01)
    assert fit.means == pytest.approx(TRUTHS.mean(axis=0), abs=1e-6)


@pytest.mark.parametrize("examples", [60, 20])
def test_margins_are_those_of_a_regression_that_was_not_shown_the_document(examples: int) -> None:
    chosen = TALLIES.chosen(range(examples))
    fit = Ridge(VOCABULARY, TALLIES, chosen).fit(TRUTHS)
    own = vectors(chosen)
    factor = np.linalg.cholesky(own @ own.T + JITTER * np.eye(examples))
    rows, targets = np.linalg.solve(factor, own @ vectors(TALLIES).T).T, TRUTHS - TRUTHS.mean(axis=0)
    for left_out in (0, 13, 59):
        others = np.arange(60) != left_out
        gram = rows[others].T @ rows[others] + STRENGTH * np.eye(examples)
        foretold = rows[left_out] @ np.linalg.solve(gram, rows[others].T @ targets[others]) + TRUTHS.mean(axis=0)
        assert fit.margins[left_out] == pytest.approx(foretold, abs=0.01)


def test_many_documents_are_taken_in_parts() -> None:
    letters = Household(seed=2).letters(ROWS_AT_ONCE + 3)
    tallies = corpus_of(letters).tallies
    vocabulary = choose_vocabulary(tallies)
    truths = np.arange(len(letters))[:, np.newaxis] % 2 == 0
    fit = Ridge(vocabulary, tallies, tallies.chosen(range(30))).fit(truths)
    assert fit.margins.shape == (ROWS_AT_ONCE + 3, 1)
    assert np.isfinite(fit.margins).all()


def test_the_same_document_many_times_over_breaks_nothing() -> None:
    tallies = TALLIES.chosen([0] * 50 + [1] * 50)
    truths = np.arange(100)[:, np.newaxis] < 50
    fit = Ridge(choose_vocabulary(tallies), tallies, tallies).fit(truths)
    assert np.array_equal(fit.margins > 0.5, truths)
