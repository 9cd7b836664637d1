"""Extracted text is worth reading or not, and is written in one form."""

import pytest

from actors.ocr.files.text_layer import clean_text, is_usable


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("eins\r\nzwei\rdrei", "eins\nzwei\ndrei"),
        ("Übungsauf\ufffegaben", "Übungsaufgaben"),
        ("Schwarz\ufffeWeiß", "Schwarz-Weiß"),
        ("1990\ufffe2000", "1990-2000"),
        ("a\u0308", "ä"),
        ("ﬁnden", "finden"),
        ("\ufe8d\ufedf\ufea9", "\u0627\u0644\u062f"),
        ("eins\x00 \x04zwei\uf8eb\ufffd", "eins zwei"),
        ("hinten   \nvorn", "hinten\nvorn"),
        ("H₂O ½ ™", "H₂O ½ ™"),
        ("\n\nallein\n", "allein"),
    ],
)
def test_text_is_written_in_one_form(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize("text", ["a", "Seite 7", "f(x) = y \uf8eb", "مرحبا", "日本語", "12,50 €"])
def test_words_and_numbers_are_usable(text: str) -> None:
    assert is_usable(text)


@pytest.mark.parametrize("text", ["", " \r\n", "\x19\x12", "\uf041\uf042\uf043a", "\ufffd\ufffd\ufffdab", "—·—"])
def test_what_a_font_without_a_map_gives_is_not(text: str) -> None:
    assert not is_usable(text)
