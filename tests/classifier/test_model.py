"""A model comes back as it was kept, or not at all."""

import json
from collections.abc import Callable
from dataclasses import replace
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from actors.classifier.about import ABOUT, FORMAT, About, Learned, ModelUnusable, learned_change, read_model, restate, write_model
from actors.classifier.arrays import pack, unpack
from actors.classifier.certainty import Line
from actors.classifier.examples import make_examples
from actors.classifier.features import choose_vocabulary, count
from actors.classifier.lessons import Figures, Suggestion
from actors.classifier.model import _FORMS, _KIND_FORMS, NEVER, Judge, Model, load, parse_model, save
from actors.classifier.suggester import Suggester
from actors.classifier.tallies import joined
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind

TEXT = "gas meter"
ENERGY, RARE, POWER = LabelId(4), LabelId(7), LabelId(9)
FIGURES = Figures(right=9, wrong=1, missed=2, surely_right=5, misjudged=0.02)
ABOUT_IT = About(
    "state 1",
    "digest",
    12,
    {LabelKind.CORRESPONDENT: Learned((POWER,), FIGURES), LabelKind.TAG: Learned((ENERGY, RARE), FIGURES)},
)
Arrays = dict[str, NDArray[Any]]


@pytest.fixture
def model() -> Model:
    """Know two documents of the same words: number 30 speaks for energy, number 20 for power and against energy."""
    tallies = joined([count(TEXT), count(TEXT)])
    vocabulary = choose_vocabulary(tallies)
    judges = {
        LabelKind.CORRESPONDENT: Judge(
            (POWER,),
            np.array([[0.0, 0.0], [1.0, 0.5]], np.float32),
            np.zeros(2, np.float32),
            Line(2.0, -0.5),
            np.array([0.5], np.float32),
        ),
        LabelKind.TAG: Judge(
            (ENERGY, RARE),
            np.array([[2.0, -1.0], [-0.5, 0.0]], np.float32),
            np.array([0.5, -3.0], np.float32),
            Line(1.0, 0.0),
            np.array([NEVER, 0.5], np.float32),
        ),
    }
    return Model(ABOUT_IT, vocabulary, make_examples(np.array([30, 20]), tallies, vocabulary), judges)


def test_a_model_comes_back_whole(model: Model, tmp_path: Path) -> None:
    size = save(model, tmp_path)
    again = load(tmp_path)
    assert again.about == ABOUT_IT
    assert again.suggest(TEXT) == model.suggest(TEXT)
    assert learned_change(tmp_path) == "state 1"
    assert sum(path.stat().st_size for path in tmp_path.glob("*.npz")) == size


def test_suggestions_are_as_sure_as_documents_are_like_the_text(model: Model) -> None:
    # The text is as like to both documents as can be: its margins are the sums of the weights.
    suggestions = {
        kind: [replace(one, probability=round(one.probability, 4)) for one in found] for kind, found in model.suggest(TEXT).items()
    }
    assert suggestions == {
        LabelKind.CORRESPONDENT: [Suggestion(POWER, round(1 / (1 + exp(-1.5)), 4), sure=True, like=(DocumentId(20),))],
        LabelKind.TAG: [Suggestion(ENERGY, round(1 / (1 + exp(-2.0)), 4), sure=False, like=(DocumentId(30),))],
    }


def test_suggestions_come_likeliest_first(model: Model) -> None:
    judge = replace(model.judges[LabelKind.TAG], means=np.array([0.0, 4.0], np.float32))
    even = replace(model, judges={LabelKind.TAG: judge})
    assert [(one.label, one.sure) for one in even.suggest(TEXT)[LabelKind.TAG]] == [(RARE, True), (ENERGY, False)]


def test_what_has_no_known_word_gets_no_suggestion(model: Model) -> None:
    assert model.suggest("hotel") == model.suggest("") == {}


def test_the_description_can_be_read_by_a_person(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path)
    told = json.loads((tmp_path / ABOUT).read_text())
    assert (told["format"], told["documents"], told["change"]) == (FORMAT, 12, "state 1")
    assert told["kinds"]["tag"] == {
        "labels": [4, 7],
        "figures": {"right": 9, "wrong": 1, "missed": 2, "surely_right": 5, "surely_wrong": 0, "misjudged": 0.02, "f1": 0.8571},
    }


def test_a_new_model_leaves_nothing_of_the_old_one(model: Model, tmp_path: Path) -> None:
    (tmp_path / "counted.npz").write_bytes(b"what was counted stays")
    save(model, tmp_path)
    save(replace(model, examples=replace(model.examples, documents=np.array([31, 20]))), tmp_path)
    assert len(list(tmp_path.iterdir())) == 3
    assert load(tmp_path).examples.documents.tolist() == [31, 20]


def test_a_model_may_hold_for_another_state_too(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path)
    restate(ABOUT_IT, "state 2", tmp_path)
    assert load(tmp_path).about == replace(ABOUT_IT, change="state 2")
    assert load(tmp_path).suggest(TEXT) == model.suggest(TEXT)


def test_a_damaged_model_is_refused(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path)
    (weights,) = tmp_path.glob("*.npz")
    whole = weights.read_bytes()
    for damaged in (whole[:-1], whole[:50] + b"x" + whole[51:], b""):
        weights.write_bytes(damaged)
        refused(tmp_path)
    weights.unlink()
    refused(tmp_path)


def test_a_damaged_description_is_refused(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path)
    told = json.loads((tmp_path / ABOUT).read_text())
    lies: list[dict[str, object]] = [
        {"format": 1},
        {"kinds": {"colour": told["kinds"]["tag"]}},
        {"kinds": {"tag": {**told["kinds"]["tag"], "labels": [4, 4]}}},
        {"kinds": {"tag": {**told["kinds"]["tag"], "figures": {"odd": 1}}}},
        {"kinds": []},
        {"documents": "many"},
        {"documents": float("inf")},
        {"weights_sha256": "../../secrets"},
        {"weights_sha256": 7},
    ]
    for damaged in ("", "[]", "null", "{}", "[" * 100_000, *(json.dumps({**told, **lie}) for lie in lies)):
        (tmp_path / ABOUT).write_text(damaged)
        refused(tmp_path)
    (tmp_path / ABOUT).unlink()
    refused(tmp_path)


def numbers(model: Model, tmp_path: Path) -> Arrays:
    """Give the arrays of a model as they are kept."""
    save(model, tmp_path)
    forms = {f"{kind}.{name}": form for kind in model.judges for name, form in _KIND_FORMS.items()}
    return unpack(read_model(tmp_path)[1], {**_FORMS, **forms})


LIES: dict[str, Callable[[Arrays], Arrays]] = {
    "a bucket beyond the last": lambda kept: {"buckets": kept["buckets"] + 2**20},
    "a bucket twice": lambda kept: {"buckets": np.zeros_like(kept["buckets"])},
    "fewer rarities than buckets": lambda kept: {"rarity": kept["rarity"][1:]},
    "rarities that are none": lambda kept: {"rarity": kept["rarity"] * np.float32("nan")},
    "rarities without measure": lambda kept: {"rarity": kept["rarity"] * np.float32("inf")},
    "an example without words": lambda kept: {"ends": np.array([0, kept["ends"][-1]])},
    "examples of unknown words": lambda kept: {"example_buckets": (kept["example_buckets"] + 1) % 2**20},
    "ends beyond the end": lambda kept: {"ends": kept["ends"] + 1},
    "a document too few": lambda kept: {"documents": kept["documents"][1:]},
    "weights for more labels": lambda kept: {"tag.weights": np.zeros((2, 3), np.float32)},
    "weights for more examples": lambda kept: {"tag.weights": np.zeros((3, 2), np.float32)},
    "no column for none": lambda kept: {"correspondent.weights": np.zeros((2, 1), np.float32)},
    "weights that are none": lambda kept: {"tag.means": np.array([np.nan, 0], np.float32)},
    "a line of three": lambda kept: {"tag.line": np.zeros(3)},
    "a line without measure": lambda kept: {"tag.line": np.array([np.inf, 0])},
    "a missing kind": lambda kept: {"tag.line": np.zeros(0)},
    "numbers of another type": lambda kept: {"documents": kept["documents"].astype(np.float64)},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_weights_that_do_not_fit_together_are_refused(model: Model, tmp_path: Path, lie: Callable[[Arrays], Arrays]) -> None:
    kept = numbers(model, tmp_path)
    assert parse_model(ABOUT_IT, pack(kept)).suggest(TEXT) == model.suggest(TEXT)
    write_model(ABOUT_IT, pack({**kept, **lie(kept)}), tmp_path)
    with pytest.raises(ModelUnusable):
        load(tmp_path)


def test_a_suggester_follows_the_model(model: Model, tmp_path: Path) -> None:
    suggester = Suggester(tmp_path)
    assert suggester.suggest(TEXT) == {}
    save(model, tmp_path)
    assert [one.label for one in suggester.suggest(TEXT)[LabelKind.TAG]] == [ENERGY]
    tags = Judge((POWER, RARE), *(getattr(model.judges[LabelKind.TAG], name) for name in ("weights", "means", "line", "least_sure")))
    about = replace(ABOUT_IT, kinds={LabelKind.TAG: Learned(tags.labels, FIGURES)})
    save(replace(model, about=about, judges={LabelKind.TAG: tags}), tmp_path)
    assert [one.label for one in suggester.suggest(TEXT)[LabelKind.TAG]] == [POWER]
    (tmp_path / ABOUT).write_text("{}")
    assert suggester.suggest(TEXT) == {}
    (tmp_path / ABOUT).unlink()
    assert suggester.suggest(TEXT) == {}


def refused(folder: Path) -> None:
    with pytest.raises(ModelUnusable):
        load(folder)
    assert learned_change(folder) is None
