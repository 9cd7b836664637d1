"""The layer's corners come to lie on the page's corners, whichever way the page is turned."""

import pytest

from actors.ocr.binding.placement import LETTER, Box, Matrix, placement, visible_box

LAYER = Box(0, 0, 300, 400)


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return round(a * x + c * y + e, 6), round(b * x + d * y + f, 6)


@pytest.mark.parametrize(
    ("turned", "bottom_left", "top_left"),
    [(0, (10, 20), (10, 120)), (90, (60, 20), (10, 20)), (180, (60, 120), (60, 20)), (270, (10, 120), (60, 120))],
)
def test_the_upright_corners_lie_where_the_turned_page_has_them(
    turned: int, bottom_left: tuple[float, float], top_left: tuple[float, float]
) -> None:
    matrix = placement(LAYER, Box(10, 20, 60, 120), turned)
    assert (moved(matrix, 0, 0), moved(matrix, 0, 400)) == (bottom_left, top_left)


def test_a_layer_may_start_anywhere() -> None:
    matrix = placement(Box(5, 7, 305, 407), Box(10, 20, 60, 120), 90)
    assert moved(matrix, 5, 7) == (60, 20)


@pytest.mark.parametrize(
    ("media", "crop", "seen"),
    [
        (Box(0, 0, 100, 200), None, Box(0, 0, 100, 200)),
        (Box(0, 0, 100, 200), Box(10, 20, 90, 400), Box(10, 20, 90, 200)),
        (Box(0, 0, 100, 200), Box(300, 300, 400, 400), Box(0, 0, 100, 200)),
        (Box(0, 0, 0, 200), None, LETTER),
        (None, None, LETTER),
    ],
)
def test_what_is_seen_is_the_crop_within_the_sheet(media: Box | None, crop: Box | None, seen: Box) -> None:
    assert visible_box(media, crop) == seen
