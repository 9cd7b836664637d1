"""Thumbnails are small WebP pictures of the page."""

import io

import pytest
from PIL import Image

from actors.ocr.files.thumbnail import make_thumbnail
from tests.ocr.paper import printed


@pytest.mark.parametrize(
    ("size", "shown"), [((2480, 3508), (400, 566)), ((300, 200), (300, 200)), ((500, 20_000), (30, 1200)), ((20_000, 3), (400, 1))]
)
def test_a_thumbnail_is_at_most_400_pixels_wide_and_never_enlarged(size: tuple[int, int], shown: tuple[int, int]) -> None:
    small = Image.open(io.BytesIO(make_thumbnail(Image.new("RGB", size, "white"))))
    assert (small.format, small.size) == ("WEBP", shown)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_thumbnail_looks_like_its_page(mode: str) -> None:
    sheet = printed().convert(mode)
    small = Image.open(io.BytesIO(make_thumbnail(sheet))).convert("L")
    box = small.point(lambda value: 255 if value < 160 else 0).getbbox()
    assert box is not None
    assert box[0] == pytest.approx(120 * 400 / 1400, abs=4)
