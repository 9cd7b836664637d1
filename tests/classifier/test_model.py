"""A model comes back as it was kept, or not at all."""

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from actors.classifier.about import ABOUT, About, ModelUnusable, learned_change, write_model
from actors.classifier.features import choose_vocabulary, count
from actors.classifier.lessons import Figures
from actors.classifier.model import TagModel, load, save
from actors.classifier.suggester import Suggester

TEXT = "gas meter"
ABOUT_IT = About(("energy", "rare"), "state 1", 12, Figures(right=9, wrong=1, missed=2))


@pytest.fixture
def model() -> TagModel:
    vocabulary = choose_vocabulary([count(TEXT)[0]] * 2)
    weights = np.tile(np.array([[1.0, -1.0]], np.float32), (3, 1))
    return TagModel(ABOUT_IT, vocabulary, weights, np.array([0.5, -3.0], np.float32))


def test_a_model_comes_back_whole(model: TagModel, tmp_path: Path) -> None:
    save(model, tmp_path)
    again = load(tmp_path)
    assert again.about == ABOUT_IT
    assert again.suggest(TEXT) == model.suggest(TEXT)
    assert learned_change(tmp_path) == "state 1"
    # Three words of equal weight: three times the root of a third, and the offset.
    (suggestion,) = again.suggest(TEXT)
    assert suggestion.tag == "energy"
    assert suggestion.probability == pytest.approx(1 / (1 + np.exp(-(3**0.5 + 0.5))))


def test_suggestions_come_likeliest_first(model: TagModel) -> None:
    even = replace(model, offsets=np.array([-3.0, 2.0], np.float32))
    assert [suggestion.tag for suggestion in even.suggest(TEXT)] == ["rare", "energy"]


def test_the_description_can_be_read_by_a_person(model: TagModel, tmp_path: Path) -> None:
    save(model, tmp_path)
    told = json.loads((tmp_path / ABOUT).read_text())
    assert (told["tags"], told["documents"], told["f1"]) == (["energy", "rare"], 12, 0.8571)


def test_a_new_model_leaves_nothing_of_the_old_one(model: TagModel, tmp_path: Path) -> None:
    save(model, tmp_path)
    save(replace(model, offsets=model.offsets + 1), tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    assert load(tmp_path).offsets[0] == 1.5


def test_a_damaged_model_is_refused(model: TagModel, tmp_path: Path) -> None:
    save(model, tmp_path)
    (weights,) = tmp_path.glob("*.npz")
    whole = weights.read_bytes()
    for damaged in (whole[:-1], whole[:50] + b"x" + whole[51:], b""):
        weights.write_bytes(damaged)
        refused(tmp_path)
    weights.unlink()
    refused(tmp_path)


def test_a_damaged_description_is_refused(model: TagModel, tmp_path: Path) -> None:
    save(model, tmp_path)
    told = json.loads((tmp_path / ABOUT).read_text())
    for damaged in ("", "[]", "null", "{}", json.dumps({**told, "format": 0}), json.dumps({**told, "figures": {"odd": 1}})):
        (tmp_path / ABOUT).write_text(damaged)
        refused(tmp_path)
    (tmp_path / ABOUT).unlink()
    refused(tmp_path)


def test_nothing_in_a_model_is_run(tmp_path: Path) -> None:
    file = io.BytesIO()
    np.savez(file, buckets=np.array([print], object))
    write_model(ABOUT_IT, file.getvalue(), tmp_path)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        load(tmp_path)


def test_a_suggester_follows_the_model(model: TagModel, tmp_path: Path) -> None:
    suggester = Suggester(tmp_path)
    assert suggester.suggest(TEXT) == ()
    save(model, tmp_path)
    assert [suggestion.tag for suggestion in suggester.suggest(TEXT)] == ["energy"]
    save(replace(model, about=replace(ABOUT_IT, tags=("power", "rare"))), tmp_path)
    assert [suggestion.tag for suggestion in suggester.suggest(TEXT)] == ["power"]
    (tmp_path / ABOUT).write_text("{}")
    assert suggester.suggest(TEXT) == ()
    (tmp_path / ABOUT).unlink()
    assert suggester.suggest(TEXT) == ()


def refused(folder: Path) -> None:
    with pytest.raises(ModelUnusable):
        load(folder)
    assert learned_change(folder) is None
