"""The key is made once, for its owner alone, and changed without a moment in which a secret has none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actors.sealing.errors import KeyUnusable
from actors.sealing.key_file import load_keys, load_or_create_keys, write_keys
from actors.sealing.rotation import rotate
from actors.sealing.seals import Seals, new_key
from actors.store.nouns.sealed import Sealed


class Killed(Exception):
    """The process ends here."""


class Place:
    """Keeps one secret; dies before or after it has changed it, where a test says so."""

    def __init__(self, kept: str, dies: str = "") -> None:
        self.kept = kept
        self.dies = dies

    def change_all(self, change: Callable[[str], Sealed]) -> None:
        if self.dies == "before":
            raise Killed
        self.kept = change(self.kept)
        if self.dies == "after":
            raise Killed


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "secrets.key"
    keys = load_or_create_keys(file)
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    assert load_or_create_keys(file) == keys
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["secrets.key"]


@pytest.mark.parametrize("content", ["", "\n", "no key\n", "ü\n", "A" * 43 + "\n"])
def test_a_file_that_holds_no_key_is_told_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    file = tmp_path / "secrets.key"
    file.write_text(content)
    with pytest.raises(KeyUnusable, match="put it back from a backup"):
        load_or_create_keys(file)
    assert file.read_text() == content


def test_a_new_key_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "secrets.key"
    (old,) = load_or_create_keys(file)
    place = Place(Seals([old]).seal("s3cret"))
    rotate(file, place.change_all)
    (new,) = load_keys(file)
    assert new != old
    assert Seals([new]).unseal(Sealed(place.kept)) == "s3cret"
    assert not Seals([old]).opens(place.kept)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("dies", ["before", "after"])
def test_whoever_is_killed_between_has_the_key_of_each_secret_and_goes_on(tmp_path: Path, dies: str) -> None:
    file = tmp_path / "secrets.key"
    (old,) = load_or_create_keys(file)
    place = Place(Seals([old]).seal("s3cret"), dies)
    with pytest.raises(Killed):
        rotate(file, place.change_all)
    assert len(load_keys(file)) == 2
    assert Seals(load_keys(file)).unseal(Sealed(place.kept)) == "s3cret"
    place.dies = ""
    rotate(file, place.change_all)
    (new,) = load_keys(file)
    assert Seals([new]).unseal(Sealed(place.kept)) == "s3cret"


def test_what_no_key_opens_stays_for_the_day_on_which_its_key_comes_back(tmp_path: Path) -> None:
    file, lost = tmp_path / "secrets.key", new_key()
    place = Place(Seals([lost]).seal("s3cret"))
    seals = rotate(file, place.change_all)
    assert not seals.opens(place.kept)
    write_keys(file, [*load_keys(file), lost])
    assert Seals(load_keys(file)).unseal(Sealed(place.kept)) == "s3cret"
