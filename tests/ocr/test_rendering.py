"""A page becomes a picture of bounded size."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.rendering import MOST_PIXELS, MOST_SIDE, fitting_scale, render_page, thumbnail_page
from actors.ocr.messages import RenderPage
from tests.ocr import papers
from tests.ocr.papers import Spot

PDF = "application/pdf"


def render(folder: Path, data: bytes, mime_type: str = PDF, number: int = 1, width: int = 300) -> Image.Image:
    path = folder / "document"
    path.write_bytes(data)
    with Image.open(BytesIO(render_page(RenderPage(path, mime_type, number, width)))) as image:
        assert image.format == "WEBP"
        return image.convert("L")


def has_ink(image: Image.Image) -> bool:
    return bool((np.asarray(image) < 128).any())


@pytest.mark.parametrize(
    ("data", "mime_type"),
    [
        (papers.digital_pdf("Hallo"), PDF),
        (papers.scan_pdf("Hallo"), PDF),
        (papers.tiff([papers.picture([Spot("Hallo", 50, 80)])]), "image/tiff"),
        ("Hallo\nПривет".encode(), "text/plain"),
    ],
)
def test_every_kind_of_page_is_drawn_as_wide_as_asked(tmp_path: Path, data: bytes, mime_type: str) -> None:
    image = render(tmp_path, data, mime_type)
    assert image.width == 300
    assert image.height == pytest.approx(424, abs=2)
    assert has_ink(image)


def test_the_page_asked_for_is_drawn(tmp_path: Path) -> None:
    blank_then_ink = papers.tiff([papers.picture([]), papers.picture([Spot("Hallo", 50, 80)])])
    assert [has_ink(render(tmp_path, blank_then_ink, "image/tiff", number)) for number in (1, 2)] == [False, True]
    assert [has_ink(render(tmp_path, papers.digital_pdf("", "Hallo"), PDF, number)) for number in (1, 2)] == [False, True]
    assert [has_ink(render(tmp_path, b"\fHallo", "text/plain", number)) for number in (1, 2)] == [False, True]


@pytest.mark.parametrize(
    ("data", "mime_type"), [(papers.scan_pdf("x"), PDF), (b"x", "text/plain"), (papers.tiff([papers.picture([])]), "image/tiff")]
)
def test_a_page_that_is_not_there_is_refused(tmp_path: Path, data: bytes, mime_type: str) -> None:
    with pytest.raises(DocumentUnreadable):
        render(tmp_path, data, mime_type, number=2)


def test_a_small_image_is_not_blown_up(tmp_path: Path) -> None:
    data = papers.tiff([papers.picture([], size=(100, 50), dpi=72)])
    assert render(tmp_path, data, "image/tiff").size == (100, 50)


def test_a_photo_taken_sideways_is_shown_upright(tmp_path: Path) -> None:
    exif, data = Image.Exif(), BytesIO()
    exif[0x0112] = 6
    papers.picture([]).rotate(90, expand=True).save(data, "JPEG", exif=exif)
    image = render(tmp_path, data.getvalue(), "image/jpeg")
    assert image.height > image.width


def test_an_endless_page_stays_bounded(tmp_path: Path) -> None:
    data = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(10, 14_400))
        pdf.save(data)
    image = render(tmp_path, data.getvalue(), width=1_000)
    assert image.width * image.height <= MOST_PIXELS
    assert image.height <= MOST_SIDE


@pytest.mark.parametrize(("width", "height"), [(595, 842), (14_400, 14_400), (3, 14_400), (14_400, 3)])
def test_no_page_is_drawn_larger_than_the_bounds(width: int, height: int) -> None:
    scale = fitting_scale(width, height, 100_000)
    assert width * height * scale * scale <= MOST_PIXELS * 1.001
    assert max(width, height) * scale <= MOST_SIDE


def test_a_filled_form_shows_what_was_filled_in(tmp_path: Path) -> None:
    empty, filled = render(tmp_path, papers.form_pdf("", "")), render(tmp_path, papers.form_pdf("", "Annegret"))
    assert (has_ink(empty), has_ink(filled)) == (False, True)


def test_a_thumbnail_is_small(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(papers.scan_pdf("Hallo"))
    data = thumbnail_page(RenderPage(path, PDF))
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.width) == ("WEBP", 400)
    assert len(data) < 20_000


def test_an_image_that_breaks_off_is_drawn_as_far_as_it_goes(tmp_path: Path) -> None:
    data = BytesIO()
    papers.picture([Spot(f"Zeile {n}", 50, 80 + 40 * n) for n in range(18)]).save(data, "JPEG")
    image = np.asarray(render(tmp_path, data.getvalue()[: len(data.getvalue()) // 2], "image/jpeg"))
    assert (image[:120] < 128).any()
