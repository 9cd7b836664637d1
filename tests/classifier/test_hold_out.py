"""What is learned from a household's filing holds for letters that nobody has filed. The floors stand well below docs/classifier.md."""

import pytest

from actors.classifier.lessons import Suggestions
from actors.classifier.model import Model
from actors.classifier.training import train
from actors.store.nouns.catalog import LabelId, LabelKind
from tests.classifier.household import Household, held_out
from tests.classifier.scores import calibration_error, corpus_of, likeliest, scores, sure

LEARNED, TOLD = held_out(Household(seed=1).letters(600))
MICRO = {LabelKind.CORRESPONDENT: 0.95, LabelKind.DOCUMENT_TYPE: 0.95, LabelKind.TAG: 0.87, LabelKind.STORAGE_PATH: 0.92}
MACRO = {LabelKind.CORRESPONDENT: 0.90, LabelKind.DOCUMENT_TYPE: 0.94, LabelKind.TAG: 0.83, LabelKind.STORAGE_PATH: 0.90}
RECALL = {LabelKind.CORRESPONDENT: 0.80, LabelKind.DOCUMENT_TYPE: 0.90, LabelKind.TAG: 0.60, LabelKind.STORAGE_PATH: 0.85}
PRECISION = 0.95


@pytest.fixture(scope="module")
def model() -> Model:
    return train(corpus_of(LEARNED), "state 1")


@pytest.fixture(scope="module")
def found(model: Model) -> list[Suggestions]:
    return [model.suggest(letter.text) for letter in TOLD]


def truths(kind: LabelKind) -> list[tuple[LabelId, ...]]:
    return [letter.truth[kind] for letter in TOLD]


@pytest.mark.parametrize("kind", LabelKind)
def test_labels_are_told_of_new_letters(found: list[Suggestions], kind: LabelKind) -> None:
    told = scores([likeliest(kind, suggestions) for suggestions in found], truths(kind))
    assert told.micro > MICRO[kind], told
    assert told.macro > MACRO[kind], told


@pytest.mark.parametrize("kind", LabelKind)
def test_what_is_given_without_asking_is_nearly_always_right(found: list[Suggestions], kind: LabelKind) -> None:
    given = scores([sure(kind, suggestions) for suggestions in found], truths(kind))
    assert given.precision > PRECISION, given
    assert given.recall > RECALL[kind], given


@pytest.mark.parametrize("kind", LabelKind)
def test_probabilities_are_as_often_true_as_they_say(found: list[Suggestions], kind: LabelKind) -> None:
    assert calibration_error(zip(found, [letter.truth for letter in TOLD], strict=True), kind) < 0.08


@pytest.mark.parametrize("kind", LabelKind)
def test_the_figures_foretell_how_new_letters_fare(model: Model, found: list[Suggestions], kind: LabelKind) -> None:
    told = scores([likeliest(kind, suggestions) for suggestions in found], truths(kind))
    assert model.about.documents == len(LEARNED)
    assert model.about.kinds[kind].figures.f1 == pytest.approx(told.micro, abs=0.05)


def test_letters_of_strangers_get_no_correspondent(found: list[Suggestions]) -> None:
    pairs = zip(found, truths(LabelKind.CORRESPONDENT), strict=True)
    given = [sure(LabelKind.CORRESPONDENT, suggestions) for suggestions, true in pairs if not true]
    assert len(given) > 10
    assert sum(bool(labels) for labels in given) <= len(given) / 20


def test_suggestions_name_documents_of_the_same_label(found: list[Suggestions]) -> None:
    filed = {lesson.document: lesson.labels for lesson in corpus_of(LEARNED).lessons}
    first = [suggestions[LabelKind.CORRESPONDENT][0] for suggestions in found if LabelKind.CORRESPONDENT in suggestions]
    alike = [suggestion.label in filed[suggestion.like[0]][LabelKind.CORRESPONDENT] for suggestion in first]
    assert len(alike) > 100
    assert all(alike)


def test_a_quarter_of_the_examples_tells_nearly_as_much() -> None:
    few = train(corpus_of(LEARNED), "", most_examples=len(LEARNED) // 4)
    told = [likeliest(LabelKind.CORRESPONDENT, few.suggest(letter.text)) for letter in TOLD]
    assert scores(told, truths(LabelKind.CORRESPONDENT)).micro > 0.9
