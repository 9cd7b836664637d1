"""What is learned from letters holds for letters that nobody has tagged."""

import numpy as np
import pytest

from actors.classifier.lessons import Figures, Lesson
from actors.classifier.model import TagModel
from actors.classifier.training import bounded, calibrate, tags_to_learn, train_tags
from tests.classifier.letters import Post


@pytest.fixture(scope="module")
def model() -> TagModel:
    return train_tags([lesson for _, lesson in Post(seed=1).lessons(80)], "state 1")


def test_new_letters_get_the_tag_of_their_kind(model: TagModel) -> None:
    letters = [(kind, lesson.text) for kind, lesson in Post(seed=2).lessons(200)]
    first = [(kind, model.suggest(text)[:1]) for kind, text in letters]
    right = sum(bool(found) and found[0].tag == kind for kind, found in first)
    # By chance it would be a quarter.
    assert right / len(letters) > 0.8


def test_probabilities_are_as_often_true_as_they_say(model: TagModel) -> None:
    lessons = [lesson for _, lesson in Post(seed=3).lessons(300)]
    told = [(suggestion.probability, suggestion.tag in lesson.tags) for lesson in lessons for suggestion in model.suggest(lesson.text)]
    sure = [true for probability, true in told if probability > 0.5]
    assert len(sure) > 200
    assert abs(float(np.mean(sure)) - float(np.mean([probability for probability, _ in told if probability > 0.5]))) < 0.1


def test_the_figures_foretell_how_new_letters_fare(model: TagModel) -> None:
    right = wrong = missed = 0
    for _, lesson in Post(seed=4).lessons(200):
        told = {suggestion.tag for suggestion in model.suggest(lesson.text) if suggestion.probability > 0.5}
        true = set(lesson.tags)
        right, wrong, missed = right + len(told & true), wrong + len(told - true), missed + len(true - told)
    assert model.about.documents == 80
    assert model.about.change == "state 1"
    assert model.about.figures.f1 == pytest.approx(Figures(right, wrong, missed).f1, abs=0.1)


def test_the_same_lessons_give_the_same_model(model: TagModel) -> None:
    again = train_tags([lesson for _, lesson in Post(seed=1).lessons(80)], "state 1")
    assert again.about == model.about
    assert np.array_equal(again.weights, model.weights)


def test_tags_that_chance_has_strewn_are_not_told_with_certainty() -> None:
    post = Post(seed=5)
    lessons = [Lesson(post.letter("tax"), ("heads" if number % 2 else "tails",)) for number in range(40)]
    model = train_tags(lessons, "")
    found = [suggestion.probability for _ in range(20) for suggestion in model.suggest(post.letter("tax"))]
    assert max(found, default=0.0) < 0.7


def test_a_tag_needs_three_documents_with_it_and_three_without() -> None:
    assert tags_to_learn([("two", "three")] * 2 + [("three",)] + [()] * 3) == ("three",)
    assert tags_to_learn([("three",)] * 3 + [()] * 2) == ()


def test_of_too_many_tags_the_most_used_are_learned() -> None:
    assert tags_to_learn([("rare",)] * 3 + [("often",)] * 4, most=1) == ("often",)


def test_too_few_documents_teach_nothing() -> None:
    for lessons in ([], [Lesson("gas meter", ("energy",))] * 2, [Lesson("", ("a",))] * 4 + [Lesson("", ("b",))] * 4):
        assert train_tags(lessons, "").suggest("gas meter") == ()


def test_only_so_many_documents_and_letters_are_learned_from() -> None:
    lessons = [Lesson("x" * 10, (str(number),)) for number in range(5)]
    assert list(bounded(lessons, most=3)) == lessons[:3]
    assert list(bounded(lessons, most_letters=25)) == lessons[:2]


def test_margins_that_say_the_opposite_are_not_believed() -> None:
    margins, truths = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([[True], [True], [False], [False]])
    slope, offset = calibrate(margins, truths)
    assert slope == 0
    assert offset == pytest.approx(0, abs=0.01)
    assert calibrate(margins, ~truths)[0] > 0
