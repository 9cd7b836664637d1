"""What is chosen to be learned, and what comes of too little."""

from collections.abc import Sequence

import numpy as np
import pytest

from actors.classifier.counted import Corpus
from actors.classifier.features import choose_vocabulary, count
from actors.classifier.lessons import Labels, Lesson
from actors.classifier.model import NEVER
from actors.classifier.tallies import joined
from actors.classifier.training import alike, choose_examples, labels_to_learn, train, truths_of
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind
from tests.classifier.household import Household
from tests.classifier.scores import corpus_of

ONE, TWO, THREE = LabelId(1), LabelId(2), LabelId(3)


def corpus(*documents: tuple[str, Labels]) -> Corpus:
    lessons = [Lesson(DocumentId(number), 1, labels) for number, (_, labels) in enumerate(documents, 1)]
    return Corpus(lessons, joined(count(text) for text, _ in documents))


def tagged(*tags: LabelId) -> Labels:
    return {LabelKind.TAG: tags}


def test_a_label_needs_three_documents_with_it_and_three_without() -> None:
    assert labels_to_learn([(TWO, THREE)] * 2 + [(THREE,)] + [()] * 3) == (THREE,)
    assert labels_to_learn([(THREE,)] * 3 + [()] * 2) == ()


def test_of_too_many_labels_the_most_used_are_learned() -> None:
    assert labels_to_learn([(ONE,)] * 3 + [(TWO,)] * 4, most=1) == (TWO,)


def test_examples_are_the_newest_documents_of_every_label() -> None:
    filed: Sequence[Labels] = [tagged(ONE), tagged(ONE), tagged(ONE), tagged(ONE, TWO), tagged(TWO), {}]
    assert choose_examples(filed, range(6), 2) == [0, 3]
    assert choose_examples(filed, range(6), 4) == [0, 1, 3, 4]
    assert choose_examples(filed, range(6), 99) == list(range(6))
    assert choose_examples(filed, [1, 5], 1) == [1]


def test_a_document_that_shares_no_word_is_no_example() -> None:
    tallies = joined(count(text) for text in ("gas meter", "", "gas bill", "hotel"))
    assert alike(choose_vocabulary(tallies), tallies) == [0, 2]


def test_none_is_a_label_too_where_a_document_has_one() -> None:
    filed = [{LabelKind.CORRESPONDENT: (ONE,)}, {LabelKind.CORRESPONDENT: (THREE,)}, tagged(ONE)]
    none = [False, False, True]
    assert truths_of(LabelKind.CORRESPONDENT, (ONE, TWO), filed).tolist() == [[True, False, False], none, none]
    assert truths_of(LabelKind.TAG, (ONE, TWO), filed).tolist() == [[False, False], [False, False], [True, False]]


@pytest.mark.parametrize(
    "documents",
    [
        [],
        [("gas meter", tagged(ONE))] * 2,
        [("gas meter", tagged(ONE))] * 9,
        [("", tagged(ONE))] * 4 + [("", tagged(TWO))] * 4,
        [(f"{word}", tagged(LabelId(1 + number % 2))) for number, word in enumerate(["gas", "bank", "hotel", "school", "tyres", "lamp"])],
    ],
    ids=["none", "two", "all the same", "without words", "without a word that two share"],
)
def test_too_little_teaches_nothing(documents: list[tuple[str, Labels]]) -> None:
    model = train(corpus(*documents), "")
    assert model.about.kinds == {}
    assert model.suggest("gas meter") == {}


def test_the_same_lessons_give_the_same_model() -> None:
    letters = Household(seed=1).letters(80)
    one, other = (train(corpus_of(letters), "state 1") for _ in range(2))
    assert one.about == other.about
    assert all(np.array_equal(judge.weights, other.judges[kind].weights) for kind, judge in one.judges.items())


def test_labels_that_chance_has_strewn_are_not_told_with_certainty() -> None:
    letters = Household(seed=5, senders=1).letters(200, strangers=0)
    chance = np.random.default_rng(1)
    documents = [(letter.text, tagged(LabelId(int(chance.integers(1, 3))))) for letter in letters]
    model = train(corpus(*documents[:160]), "")
    found = [suggestion.probability for text, _ in documents[160:] for suggestion in model.suggest(text)[LabelKind.TAG]]
    assert max(found) < 0.8
    assert (model.judges[LabelKind.TAG].least_sure == NEVER).all()


def test_labels_of_documents_that_have_none_of_a_kind_are_not_made_up() -> None:
    letters = Household(seed=6).letters(200)
    only_tags = [(letter.text, {LabelKind.TAG: letter.labels[LabelKind.TAG]}) for letter in letters]
    assert train(corpus(*only_tags), "").judges.keys() == {LabelKind.TAG}
