"""A path stays in its folder, and every file system takes it."""

import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.templates.errors import TemplateError
from actors.templates.paths import LONGEST_PART, LONGEST_PATH, ROOM, clean_path
from actors.templates.rendering import render_path
from tests.templates.documents import BILL

PIECES = st.sampled_from(
    ["/", "//", "..", ".", "\\", "C:", "~", "con", "NUL.txt", "com¹", " ", "\n", "\0", "\u202e", "é" * 200, "a\u0301", "𝔘"]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/etc/passwd", "etc/passwd"),
        ("a//b/./c/../d/", "a/b/c/d"),
        ("C:\\temp\\x", "C--temp-x"),
        ('a: *?"<>|b', "a- ------b"),
        ("a\n  /b\n  c", "a/bc"),
        (".hidden/...dots. /end. .", "hidden/dots/end"),
        ("con/NUL.txt/com1/lpt¹.a/console", "_con/_NUL.txt/_com1/_lpt¹.a/console"),
        ("tab\there\x00\x1b[31m", "tab here [31m"),
        ("exe.\u202efdp", "exe.fdp"),
        ("e\u0301", "é"),
    ],
)
def test_what_a_template_writes_becomes_a_path(written: str, path: str) -> None:
    assert clean_path(written) == path


@given(TEXTS)
def test_any_text_is_a_safe_path_or_none(text: str) -> None:
    try:
        path = clean_path(text)
    except TemplateError:
        return
    parts = path.split("/")
    assert parts == list(PurePosixPath(path).parts)
    assert not PurePosixPath(path).is_absolute()
    assert not PureWindowsPath(path).drive
    assert not PureWindowsPath(path).is_reserved()
    assert all(0 < len(part.encode()) <= LONGEST_PART and part == part.strip(" .") for part in parts)
    assert len(parts[-1].encode()) <= LONGEST_PART - ROOM
    assert len(path.encode()) <= LONGEST_PATH - ROOM
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in path)
    assert clean_path(path) == path


def test_a_slash_in_a_value_makes_no_folder() -> None:
    assert render_path("{{ title }}/{{ document.title }}", replace(BILL, title="../a/b\\c")) == "-a-b-c/-a-b-c"


def test_a_path_that_is_too_long_is_refused_and_a_long_name_is_cut() -> None:
    assert render_path("a/{{ title }}", replace(BILL, title="é" * 300)) == f"a/{'é' * 111}"
    assert render_path("{{ title }}/a", replace(BILL, title="é" * 300)) == f"{'é' * 127}/a"
    with pytest.raises(TemplateError, match="the path has 1247 bytes for this document; 992 are allowed"):
        render_path("/".join(["{{ title }}"] * 5), replace(BILL, title="a" * 255 + "b"))
