"""Letters in one language, read with the model of another: it is seen, and the right model reads better."""

import io
from pathlib import Path

import pytest
from PIL import Image

from actors.index.language import detect_language
from actors.ocr.engines.language_models import LANGUAGES, Language, is_missing, model_to_read
from actors.ocr.engines.tessdata import installed_languages, package
from actors.ocr.messages import OcrSettings, PageRead, ReadPage
from actors.ocr.reading.doubt import says_more
from actors.ocr.reading.reading import read_page
from tests.corpus.manifest import CORPUS, MISSING
from tests.ocr.letters import LETTERS
from tests.ocr.paper import image_page
from tests.ocr.papers import lines, picture

DPI = 150


def read(sheet: Image.Image, model: str) -> PageRead:
    return read_page(ReadPage(image_page(sheet, dpi=DPI), OcrSettings(languages=(model,))))


def letter(language: str) -> Image.Image:
    return picture(lines(LETTERS[language]), dpi=DPI)


@pytest.mark.parametrize(("language", "model"), [("fr", "fra"), ("de", "deu")])
def test_a_letter_read_in_english_shows_its_language_and_is_better_read_in_it(language: str, model: str) -> None:
    first = read(letter(language), "eng")
    assert detect_language(first.text) == language
    assert model_to_read(LANGUAGES[language], first.languages, frozenset({"eng", model})) == model
    again = read(letter(language), model)
    assert says_more(again.words, first.words)
    assert first.text.split() != again.text.split() == LETTERS[language].split()
    assert (first.languages, again.languages) == (("eng",), (model,))


@pytest.mark.parametrize("model", ["fra", "deu"])
def test_an_english_letter_is_read_no_better_in_another_language(model: str) -> None:
    assert not says_more(read(letter("en"), model).words, read(letter("en"), "eng").words)


@pytest.mark.skipif(not CORPUS.exists(), reason=MISSING)
@pytest.mark.parametrize(("name", "script", "model"), [("hebrew.png", "Hebrew", "heb"), ("devatest.png", "Devanagari", "hin")])
def test_a_script_that_nothing_installed_reads_is_told(name: str, script: str, model: str) -> None:
    if model in installed_languages({}):
        pytest.skip(f"{package(model)} is installed here")
    with Image.open(CORPUS / "languages" / name) as image, io.BytesIO() as file:
        image.convert("L").save(file, "PNG")
        page = image_page(Image.open(io.BytesIO(file.getvalue())), dpi=300.0)
    found = read_page(ReadPage(page, OcrSettings(languages=("eng",))))
    assert (found.script, found.languages) == (script, ("eng",))


def test_no_model_is_chosen_twice_and_relatives_count() -> None:
    german = LANGUAGES["de"]
    assert model_to_read(german, ("eng", "deu"), frozenset({"eng", "deu", "frk"})) == ""
    assert model_to_read(german, ("eng",), frozenset({"eng", "frk"})) == "frk"
    assert model_to_read(german, ("eng",), frozenset({"eng"})) == ""
    assert [is_missing(german, tried, frozenset({"eng"})) for tried in (("eng",), ("frk",))] == [True, False]
    assert not is_missing(german, ("eng",), frozenset({"deu"}))


def test_each_model_reads_one_language() -> None:
    models = [model for language in LANGUAGES.values() for model in language.models]
    assert sorted({model for model in models if models.count(model) > 1}) == ["srp_latn"]
    assert LANGUAGES["zh"] == Language("Chinese", ("chi_sim", "chi_tra"))


def test_a_machine_without_tesseract_has_no_languages(tmp_path: Path) -> None:
    (tmp_path / "deu.traineddata").touch()
    (tmp_path / "osd.traineddata").touch()
    assert installed_languages({"TESSDATA_PREFIX": str(tmp_path)}) == {"deu"}
