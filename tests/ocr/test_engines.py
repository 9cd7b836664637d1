"""One suite for both engines: the contract of the `Engine` port."""

import os

import pytest
from PIL import Image

from actors.ocr.engines.engine import Engine
from actors.ocr.engines.pytesseract_engine import PytesseractEngine
from actors.ocr.engines.tessdata import find_tessdata
from actors.ocr.engines.tesserocr_engine import TesserocrEngine
from actors.ocr.errors import DocumentUnreadable, OutOfTime, PageUnreadable
from actors.ocr.messages import EngineName
from tests.ocr.paper import DPI, LINES, printed, turned


@pytest.fixture(scope="module", params=list(EngineName))
def engine(request: pytest.FixtureRequest) -> Engine:
    try:
        tessdata = find_tessdata(os.environ)
    except DocumentUnreadable as error:
        pytest.skip(str(error))
    return TesserocrEngine(tessdata) if request.param is EngineName.TESSEROCR else PytesseractEngine(tessdata)


def test_every_word_is_read_in_order_with_its_line(engine: Engine) -> None:
    reading = engine.read(printed(), ["eng"], DPI, 60)
    assert reading.text.split() == " ".join(LINES).split()
    assert [word.text for word in reading.words] == " ".join(LINES).split()
    assert max(word.line for word in reading.words) == len(LINES) - 1
    assert reading.confidence > 85


def test_a_box_holds_its_word_in_pixels_of_the_image(engine: Engine) -> None:
    sheet = printed(["alone"])
    (word,) = engine.read(sheet, ["eng"], DPI, 60).words
    left, top, right, bottom = sheet.point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    assert (word.left, word.top, word.right, word.bottom) == pytest.approx((left, top, right, bottom), abs=3)


def test_an_empty_page_is_an_empty_reading(engine: Engine) -> None:
    reading = engine.read(Image.new("L", (600, 400), 255), ["eng"], DPI, 60)
    assert (reading.words, reading.text, reading.confidence) == ((), "", 0.0)


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_orientation_says_what_makes_the_page_upright(engine: Engine, clockwise: int) -> None:
    orientation = engine.orient(turned(printed(), clockwise), DPI, 60)
    assert orientation is not None
    assert orientation.turned == 360 - clockwise
    assert orientation.certainty > 5
    assert orientation.script


def test_too_little_text_has_no_orientation(engine: Engine) -> None:
    assert engine.orient(Image.new("L", (600, 400), 255), DPI, 60) is None


def test_reading_stops_when_its_time_is_up(engine: Engine) -> None:
    with pytest.raises(OutOfTime):
        engine.read(printed(LINES * 3, (1400, 2000)), ["eng"], DPI, 0.01)


def test_reading_works_again_after_it_ran_out_of_time(engine: Engine) -> None:
    with pytest.raises(OutOfTime):
        engine.read(printed(LINES * 3, (1400, 2000)), ["eng"], DPI, 0.01)
    assert engine.read(printed(["again"]), ["eng"], DPI, 60).text == "again"


def test_a_language_that_is_not_there_is_an_error_of_ours(engine: Engine) -> None:
    with pytest.raises(PageUnreadable):
        engine.read(printed(["alone"]), ["xyz"], DPI, 60)


def test_the_orientation_model_is_no_language(engine: Engine) -> None:
    assert "eng" in engine.languages()
    assert "osd" not in engine.languages()
