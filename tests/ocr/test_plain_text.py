"""Text files are read in whatever encoding they come."""

from pathlib import Path

import pytest

from actors.ocr.files.plain_text import PAGE_CHARACTERS, PlainText, decode, read_text, split_pages


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_an_umlaut_survives_every_encoding(encoding: str) -> None:
    assert decode("Pantothensäure".encode(encoding)) == "Pantothensäure"


def test_western_text_keeps_its_quotes_and_loses_nothing_to_undefined_bytes() -> None:
    assert decode(b"\x84Gr\xfc\xdfe\x93 \x80 5\x81") == "„Grüße“ € 5\x81"


def test_form_feeds_end_pages() -> None:
    assert split_pages("eins\fzwei\f", max_pages=10) == ("eins", "zwei", "")


def test_too_many_form_feeds_are_no_pages() -> None:
    assert split_pages("a\fb\fc", max_pages=2) == ("a\nb\nc",)


def test_a_long_text_is_cut_between_lines() -> None:
    line = "x" * 59_999 + "\n"
    assert split_pages(line * 3, max_pages=10) == (line.strip(), line.strip(), line.strip())
    assert [len(page) for page in split_pages("x" * (PAGE_CHARACTERS + 1), max_pages=10)] == [PAGE_CHARACTERS, 1]


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (12, PlainText(("eins\nzwei\nä",), truncated=False)),
        (11, PlainText(("eins\nzwei",), truncated=True)),
        (7, PlainText(("eins",), truncated=True)),
        (3, PlainText(("ein",), truncated=True)),
    ],
)
def test_only_the_first_part_of_a_very_long_file_is_read(tmp_path: Path, most: int, expected: PlainText) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes("eins\nzwei\nä".encode())
    assert read_text(path, max_pages=10, max_bytes=most) == expected
