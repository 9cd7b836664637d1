"""The lean of a page is found from its ink alone."""

import pytest
from PIL import Image, ImageDraw

from actors.ocr.reading.skew import find_ink, find_lean, turned_mask
from tests.ocr.paper import DPI, leaning, printed, turned


@pytest.mark.parametrize("clockwise", [-12.0, -4.0, -1.0, 0.0, 0.5, 3.0, 12.0])
def test_what_straightens_a_page_is_found_within_a_fifth_of_a_degree(clockwise: float) -> None:
    lean = find_lean(find_ink(leaning(printed(), clockwise), DPI).mask)
    assert lean.degrees == pytest.approx(-clockwise, abs=0.2)
    assert lean.contrast > 8


def test_dark_borders_do_not_hide_the_lines() -> None:
    sheet = leaning(printed(), 4)
    ImageDraw.Draw(sheet).rectangle((0, 0, 40, sheet.height), fill=0)
    ImageDraw.Draw(sheet).rectangle((0, sheet.height - 40, sheet.width, sheet.height), fill=0)
    assert find_lean(find_ink(sheet, DPI).mask).degrees == pytest.approx(-4, abs=0.2)


def test_a_page_without_ink_leans_nowhere() -> None:
    ink = find_ink(Image.new("L", (600, 400), 255), DPI)
    assert ink.share == 0
    assert find_lean(ink.mask).degrees == 0


def test_lines_stand_out_along_their_own_direction() -> None:
    mask = find_ink(turned(printed(), 90), DPI).mask
    assert find_lean(mask.T).contrast > 3 * find_lean(mask).contrast


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_ink_turns_as_its_page_does(clockwise: int) -> None:
    sheet = printed(["one corner"], (800, 600))
    mask = turned_mask(find_ink(sheet, 75), clockwise)
    assert (mask == find_ink(turned(sheet, clockwise), 75).mask).all()
