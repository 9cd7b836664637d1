"""A text is as like to an example as the products of their weights say."""

import numpy as np
import pytest

from actors.classifier.examples import make_examples
from actors.classifier.features import Vocabulary, choose_vocabulary, count
from actors.classifier.tallies import joined
from tests.classifier.household import Household

LETTERS = [letter.text for letter in Household(seed=3).letters(40)]
TALLIES = joined(count(text) for text in LETTERS)
VOCABULARY = choose_vocabulary(TALLIES)


def test_likeness_is_the_product_of_weights() -> None:
    examples = make_examples(np.arange(30), joined(TALLIES[number] for number in range(30)), VOCABULARY)
    rows = VOCABULARY.weigh(TALLIES)
    full = np.zeros((40, len(VOCABULARY.buckets)))
    full[np.repeat(np.arange(40), rows.lengths), rows.places] = rows.weights
    for number in range(40):
        found = examples.likeness(VOCABULARY.weigh(joined([TALLIES[number]])))
        assert found == pytest.approx(full[:30] @ full[number], abs=1e-5)


def test_a_document_is_as_like_to_itself_as_can_be_and_to_other_words_not_at_all() -> None:
    tallies = joined([count("gas meter"), count("hotel bill"), count("gas meter"), count("hotel bill")])
    vocabulary = choose_vocabulary(tallies)
    examples = make_examples(np.arange(4), tallies, vocabulary)
    assert examples.likeness(vocabulary.weigh(joined([count("gas meter")]))) == pytest.approx([1, 0, 1, 0])


def test_without_examples_nothing_is_like() -> None:
    empty = Vocabulary(np.zeros(0, np.int32), np.zeros(0, np.float32))
    examples = make_examples(np.zeros(0, np.int64), joined([]), empty)
    assert examples.likeness(empty.weigh(joined([count("gas")]))).tolist() == []
