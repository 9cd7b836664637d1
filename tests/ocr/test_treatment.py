"""Words come back from a treated page to where they stand on the page as it was given."""

import pytest
from PIL import Image, ImageDraw

from actors.ocr.engines.engine import Reading
from actors.ocr.messages import Word
from actors.ocr.reading.doubt import Treatment
from actors.ocr.reading.treatment import clean, treat, turn, turn_words, untreat
from tests.ocr.paper import leaning, printed


def dark_box(image: Image.Image) -> tuple[int, int, int, int]:
    return image.point(lambda value: 255 if value < 128 else 0).getbbox() or (0, 0, 0, 0)


def sheet_with_a_block() -> Image.Image:
    sheet = Image.new("L", (400, 300), 255)
    ImageDraw.Draw(sheet).rectangle((50, 40, 119, 59), fill=0)
    return sheet


@pytest.mark.parametrize(
    "treatment", [Treatment(scale=2.0), Treatment(skew=5.0), Treatment(skew=-12.0), Treatment(skew=3.0, scale=1.5), Treatment()]
)
def test_a_box_comes_back_to_its_place(treatment: Treatment) -> None:
    sheet = sheet_with_a_block()
    treated = treat(sheet, treatment)
    left, top, right, bottom = dark_box(treated)
    reading = untreat(Reading((Word("block", left, top, right, bottom, 90.0, 0),)), treatment, treated.size, sheet.size)
    (word,) = reading.words
    assert ((word.left + word.right) / 2, (word.top + word.bottom) / 2) == pytest.approx((85, 50), abs=2)
    if treatment.skew == 0:
        assert (word.left, word.top, word.right, word.bottom) == (50, 40, 120, 60)


@pytest.mark.parametrize("clockwise", [0, 90, 180, 270])
def test_boxes_turn_with_their_page(clockwise: int) -> None:
    sheet = sheet_with_a_block()
    (word,) = turn_words((Word("block", 50, 40, 120, 60, 90.0, 0),), clockwise, sheet.size)
    assert (word.left, word.top, word.right, word.bottom) == dark_box(turn(sheet, clockwise))


def test_straightening_makes_a_leaning_line_level() -> None:
    line = printed(["a long line of type that leans on this page"], (1400, 400))
    straight = treat(leaning(line, 5), Treatment(skew=-5))
    _, top, _, bottom = dark_box(straight)
    assert bottom - top < 60


def test_cleaning_takes_shadows_and_specks_and_leaves_the_type() -> None:
    sheet = printed()
    shadow = Image.linear_gradient("L").resize(sheet.size).point(lambda value: 90 + value * 165 // 255)
    dirty = Image.composite(Image.new("L", sheet.size, 20), shadow, sheet.point(lambda value: 255 - value))
    dirty.putpixel((50, 50), 0)
    cleaned = clean(dirty)
    assert cleaned.getpixel((50, 50)) == pytest.approx(255, abs=20)
    assert sum(cleaned.crop((0, 0, 100, 900)).histogram()[:200]) == 0
    assert dark_box(cleaned) == pytest.approx(dark_box(sheet), abs=3)


def test_boxes_never_leave_the_page() -> None:
    word = Word("edge", -5, -5, 900, 700, 90.0, 0)
    (back,) = untreat(Reading((word,)), Treatment(scale=2.0), (800, 600), (400, 300)).words
    assert (back.left, back.top, back.right, back.bottom) == (0, 0, 400, 300)
