"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from actors.sandbox.whole_file import whole_file


def test_what_went_well_takes_the_place(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_text("former")
    with whole_file(target) as part:
        part.write_text("new")
        assert target.read_text() == "former"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_what_failed_leaves_the_former_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_text("former")
    with pytest.raises(UnicodeEncodeError), whole_file(target) as part:
        part.write_text("half, then \ud800", encoding="utf-8")
    assert target.read_text() == "former"
    assert list(tmp_path.iterdir()) == [target]
