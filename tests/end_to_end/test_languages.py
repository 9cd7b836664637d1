"""Letters in other languages than the one that is set: read again in theirs, or told what is missing."""

import pytest

from actors.ocr.engines.tessdata import installed_languages
from tests.end_to_end.person import Person
from tests.ocr.letters import LETTERS
from tests.ocr.papers import scan_pdf


@pytest.mark.parametrize(("language", "word"), [("fr", "épargne"), ("de", "übernächste")])
def test_a_letter_is_found_by_words_that_only_its_own_model_can_read(person: Person, language: str, word: str) -> None:
    document = person.put("letter.pdf", scan_pdf(LETTERS[language], dpi=150))
    assert (document.language, list(document.warnings)) == (language, [])
    assert person.finds(f'"{word}"') == [document.id]


@pytest.mark.skipif("spa" in installed_languages({}), reason="tesseract-ocr-spa is installed here")
def test_a_letter_whose_model_is_missing_tells_its_package(person: Person) -> None:
    document = person.put("carta.pdf", scan_pdf(LETTERS["es"], dpi=150))
    assert document.language == "es"
    assert [(warning.code, "install tesseract-ocr-spa" in warning.message) for warning in document.warnings] == [("LANGUAGE_MISSING", True)]
