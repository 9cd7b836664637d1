"""Names as they are shown: whatever a disk or a client calls a file."""

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.intake.names import shown_name, shown_text, title_of, upload_name

names_on_disk = st.binary(min_size=1, max_size=255).filter(lambda name: b"/" not in name and b"\0" not in name).map(os.fsdecode)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("letter.pdf", "letter.pdf"),
        ("Mu\u0308ller.pdf", "Müller.pdf"),
        (os.fsdecode(b"M\xfcller.pdf"), "M\ufffdller.pdf"),
        ("two\nlines\t.pdf", "two lines .pdf"),
        ("harmless\u202efdp.exe", "harmlessfdp.exe"),
        ("\u05e9\u200f.pdf", "\u05e9\u200f.pdf"),
        (" spaces .pdf ", "spaces .pdf"),
        ("\n", "unnamed"),
        ("..", "unnamed"),
        ("\ud800.pdf", "?.pdf"),
        (".scriba-taken-0123456789abcdef-letter.pdf", "letter.pdf"),
        (".scriba-taken-0123456789abcdef", "unnamed"),
    ],
)
def test_a_name_is_shown_safely(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(names_on_disk)
def test_every_name_on_disk_is_shown_as_one_line_that_can_be_stored(name: str) -> None:
    shown = shown_name(name)
    assert 1 <= len(shown.encode("utf-8")) <= 255
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert not set(shown) & set("/\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert shown_name(shown) == shown or shown.endswith("\ufffd")
    assert title_of(shown)


@given(st.text(max_size=600))
def test_every_upload_name_is_a_plain_name(filename: str) -> None:
    name = upload_name(filename)
    assert 1 <= len(name.encode("utf-8")) <= 255
    assert name not in (".", "..")
    assert "/" not in name


@given(st.text())
def test_shown_text_is_the_same_when_shown_again(text: str) -> None:
    assert shown_text(shown_text(text)) == shown_text(text)


@pytest.mark.parametrize(
    ("filename", "name"),
    [("../../etc/passwd", "passwd"), ("C:\\Scans\\a.pdf", "a.pdf"), ("folder/", "folder"), ("", "unnamed"), ("///", "unnamed")],
)
def test_an_upload_has_the_last_part_of_its_path_as_name(filename: str, name: str) -> None:
    assert upload_name(filename) == name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Rechnung_2026.pdf", "Rechnung_2026"),
        ("archive.tar.gz", "archive.tar"),
        ("Nr. 5", "Nr. 5"),
        ("version 1.2", "version 1.2"),
        ("no suffix", "no suffix"),
        (".pdf", ".pdf"),
        ("letter.jp2", "letter"),
    ],
)
def test_a_title_is_the_name_without_its_suffix(name: str, title: str) -> None:
    assert title_of(name) == title


def test_a_long_name_keeps_its_suffix() -> None:
    shown = shown_name(os.fsdecode(b"\xff" * 251 + b".pdf"))
    assert shown.endswith("\ufffd.pdf")
    assert len(shown.encode()) <= 255
