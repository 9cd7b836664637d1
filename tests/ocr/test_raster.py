"""Every kind of page becomes one upright raster of a sensible size."""

import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image, TiffImagePlugin

from actors.ocr.errors import PageUnreadable
from actors.ocr.messages import OcrSettings, PageSource
from actors.ocr.reading.raster import MOST_PIXELS, MOST_SIDE, fitting_scale, guessed_dpi, page_dpi, rasterise
from tests.ocr.paper import image_page, packed, pdf_page, printed

SETTINGS = OcrSettings()
SMALL = printed(["words"], (600, 300))


def blank_pdf(width: float, height: float, rotate: int = 0) -> PageSource:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, height))
        pdf.pages[0].rotate(rotate, relative=False)
        output = io.BytesIO()
        pdf.save(output)
    return PageSource(1, output.getvalue(), "application/pdf")


def test_a_digital_page_is_drawn_at_the_wanted_resolution() -> None:
    raster = rasterise(blank_pdf(595, 842), SETTINGS, colours=False)
    assert (raster.image.mode, raster.dpi) == ("L", 300)
    assert raster.image.size == pytest.approx((2479, 3508), abs=2)


def test_a_page_is_drawn_as_its_rotate_entry_says() -> None:
    width, height = rasterise(blank_pdf(200, 400, rotate=90), SETTINGS, colours=False).image.size
    assert width == pytest.approx(2 * height, abs=2)


def test_a_scan_is_not_drawn_with_more_pixels_than_it_has() -> None:
    raster = rasterise(pdf_page(SMALL, dpi=240), SETTINGS, colours=False)
    assert raster.dpi == pytest.approx(240, abs=1)
    assert raster.image.size == pytest.approx(SMALL.size, abs=2)


@pytest.mark.parametrize(
    ("wanted", "scan", "dpi"), [(300, None, 300), (300, 2400, 300), (300, 240, 240), (300, 150, 300), (72, None, 150), (1200, None, 400)]
)
def test_the_resolution_suits_reading(wanted: float, scan: float | None, dpi: float) -> None:
    assert page_dpi(wanted, scan) == dpi


def test_an_enormous_page_stays_within_bounds() -> None:
    raster = rasterise(blank_pdf(14_400, 14_400), replace(SETTINGS, max_pixels=4_000_000), colours=False)
    assert raster.image.width * raster.image.height <= 4_010_000
    assert raster.dpi < 15


@pytest.mark.parametrize("size", [(35_000, 35_000), (100_000, 10), (1, 1)])
def test_no_page_is_larger_than_the_engine_can_take(size: tuple[int, int]) -> None:
    scale = fitting_scale(*size, most_pixels=MOST_PIXELS)
    assert scale <= 1
    assert max(size) * scale <= MOST_SIDE
    assert size[0] * size[1] * scale**2 <= MOST_PIXELS * 1.0001


def test_an_image_at_the_limit_is_read_and_one_above_it_refused() -> None:
    pixels = SMALL.width * SMALL.height
    assert rasterise(image_page(SMALL), replace(SETTINGS, max_pixels=pixels), colours=False).image.size == SMALL.size
    with pytest.raises(PageUnreadable, match="million pixels"):
        rasterise(image_page(SMALL), replace(SETTINGS, max_pixels=pixels - 1), colours=False)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
@pytest.mark.parametrize("colours", [False, True])
def test_every_kind_of_picture_becomes_dark_on_light(mode: str, colours: bool) -> None:
    image = SMALL.convert("I").point(lambda value: value * 257).convert(mode) if mode == "I;16" else SMALL.convert(mode)
    raster = rasterise(image_page(image, kind="TIFF"), SETTINGS, colours=colours)
    assert raster.image.mode == ("RGB" if colours else "L")
    assert raster.grey.getpixel((5, 5)) == 255
    assert raster.grey.histogram()[0] > 100


def test_what_is_transparent_lies_on_white() -> None:
    sheet = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    sheet.paste((0, 0, 0, 255), (50, 50, 100, 100))
    grey = rasterise(image_page(sheet), SETTINGS, colours=False).image
    assert (grey.getpixel((10, 10)), grey.getpixel((60, 60))) == (255, 0)


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    output = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the top of the picture is on its right
    SMALL.save(output, "JPEG", exif=exif, dpi=(200, 200))
    assert rasterise(PageSource(1, output.getvalue(), "image/jpeg"), SETTINGS, colours=False).image.size == SMALL.size[::-1]


def test_the_resolution_comes_from_the_file_then_the_settings_then_a_guess() -> None:
    silent = io.BytesIO()
    SMALL.resize((1654, 2339)).save(silent, "PNG")
    page = PageSource(1, silent.getvalue(), "image/png")
    assert rasterise(image_page(SMALL, dpi=200), replace(SETTINGS, image_dpi=150), colours=False).dpi == pytest.approx(200, abs=0.1)
    assert rasterise(page, replace(SETTINGS, image_dpi=150), colours=False).dpi == 150
    assert rasterise(page, SETTINGS, colours=False).dpi == pytest.approx(200, abs=1)
    assert guessed_dpi(4000, 3000) == pytest.approx(363, abs=1)


def test_a_fax_with_flat_pixels_is_stretched() -> None:
    output = io.BytesIO()
    facts = TiffImagePlugin.ImageFileDirectory_v2()
    SMALL.convert("1").save(output, "TIFF", dpi=(204, 98), tiffinfo=facts)
    width, height = rasterise(PageSource(1, output.getvalue(), "image/tiff"), SETTINGS, colours=False).image.size
    assert (width, height) == pytest.approx((600, 624), abs=2)


def test_a_cut_off_image_is_read_as_far_as_it_goes_and_says_so() -> None:
    data = packed(printed(), "JPEG")
    raster = rasterise(PageSource(1, data[: len(data) // 2], "image/jpeg"), SETTINGS, colours=False)
    assert [notice.code for notice in raster.notices] == ["image-damaged"]
    assert raster.image.size == printed().size


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(b"", "application/pdf"), (b"%PDF-1.7\n%%EOF", "application/pdf"), (b"", "image/png"), (b"not an image", "image/jpeg")],
)
def test_what_is_no_page_is_unreadable(data: bytes, media_type: str) -> None:
    with pytest.raises(PageUnreadable):
        rasterise(PageSource(1, data, media_type), SETTINGS, colours=False)
