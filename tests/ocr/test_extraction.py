"""A page travels alone, small and looking the same."""

import os
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest
from PIL import Image, ImageChops

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.extraction import extract_page
from actors.ocr.messages import ExtractPage, OcrSettings, PageSource
from tests.ocr import papers
from tests.ocr.papers import Spot

PDF = "application/pdf"


def extract(path: Path, data: bytes, number: int, mime_type: str = PDF) -> PageSource:
    path.write_bytes(data)
    return extract_page(ExtractPage(path, mime_type, number, OcrSettings()))


def drawn(data: bytes, number: int = 1) -> Image.Image:
    with pdfium.PdfDocument(data) as pdf:
        pdf.init_forms()
        image: Image.Image = pdf[number - 1].render(scale=1).to_pil().convert("L")
        return image.copy()


def assert_alike(one: Image.Image, other: Image.Image) -> None:
    assert one.size == other.size
    assert np.asarray(ImageChops.difference(one, other)).mean() < 0.5


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_of_a_pdf_comes_alone(tmp_path: Path, number: int) -> None:
    whole = papers.digital_pdf("eins", "zwei", "drei")
    source = extract(tmp_path / "a.pdf", whole, number)
    assert (source.number, source.media_type) == (number, PDF)
    with pikepdf.open(BytesIO(source.data)) as pdf:
        assert len(pdf.pages) == 1
    assert_alike(drawn(source.data), drawn(whole, number))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_keeps_its_turn_and_its_crop(tmp_path: Path, rotate: int) -> None:
    scan = papers.picture_pdf([papers.picture([Spot("Zebrafink", 70, 160)])], rotate=rotate, margins=(30, 60))
    assert_alike(drawn(extract(tmp_path / "a.pdf", scan, 1).data), drawn(scan))


def test_a_page_keeps_what_it_inherits(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(papers.scan_pdf("erbt"))) as pdf:
        page = pdf.pages[0].obj
        for key in ("/Resources", "/MediaBox"):
            pdf.Root.Pages[key] = page[key]
            del page[key]
        pdf.Root.Pages.Rotate = 90
        del page["/Rotate"]
        data = BytesIO()
        pdf.save(data)
    assert_alike(drawn(extract(tmp_path / "a.pdf", data.getvalue(), 1).data), drawn(data.getvalue()))


def test_a_page_does_not_carry_the_pictures_of_the_others(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(papers.scan_pdf(*("Seite mit Bild" for _ in range(10))))) as pdf:
        shared = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary({f"/Scan{n}": page.Resources.XObject.Scan for n, page in enumerate(pdf.pages)})
        )
        for number, page in enumerate(pdf.pages):
            page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"/Scan", f"/Scan{number}".encode()))
        shared = pdf.make_indirect(shared)
        for page in pdf.pages:
            page.obj.Resources = shared
        data = BytesIO()
        pdf.save(data)
    whole = data.getvalue()
    source = extract(tmp_path / "a.pdf", whole, 4)
    assert len(source.data) < len(whole) / 5
    assert_alike(drawn(source.data), drawn(whole, 4))


def test_what_stands_in_a_form_stays_on_the_page(tmp_path: Path) -> None:
    form = papers.form_pdf("Name", "Annegret Zuber")
    source = extract(tmp_path / "a.pdf", form, 1)
    assert_alike(drawn(source.data), drawn(form))
    with pdfium.PdfDocument(source.data) as pdf:
        assert "Annegret Zuber" in pdf[0].get_textpage().get_text_range()


def test_a_page_of_an_encrypted_pdf_that_opens_by_itself_comes_open(tmp_path: Path) -> None:
    source = extract(tmp_path / "a.pdf", papers.encrypted_pdf("offen", password=""), 1)
    with pikepdf.open(BytesIO(source.data)) as pdf:
        assert not pdf.is_encrypted


def test_a_changed_file_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    old, new = papers.digital_pdf("alt"), papers.digital_pdf("neu")
    size = max(len(old), len(new))
    extract(path, old.ljust(size), 1)
    path.write_bytes(new.ljust(size))
    os.utime(path, ns=(1, 1))
    source = extract_page(ExtractPage(path, PDF, 1, OcrSettings()))
    with pdfium.PdfDocument(source.data) as pdf:
        assert pdf[0].get_textpage().get_text_range() == "neu"


@pytest.mark.parametrize(("format_name", "mime_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("TIFF", "image/tiff")])
def test_a_single_image_travels_as_it_is(tmp_path: Path, format_name: str, mime_type: str) -> None:
    data = BytesIO()
    papers.picture([Spot("Bild", 50, 80)]).save(data, format_name)
    assert extract(tmp_path / "a", data.getvalue(), 1, mime_type) == PageSource(1, data.getvalue(), mime_type)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "CMYK"])
def test_a_frame_of_a_tiff_comes_without_loss(tmp_path: Path, mode: str) -> None:
    frames = [papers.picture([Spot(f"Seite {n}", 50, 80)]).convert(mode) for n in range(3)]
    source = extract(tmp_path / "a.tiff", papers.tiff(frames, dpi=100), 2, "image/tiff")
    with Image.open(BytesIO(source.data)) as image:
        assert image.tobytes() == frames[1].tobytes()
        assert image.info["dpi"] == (100, 100)


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_is_not_there_is_refused(tmp_path: Path, number: int) -> None:
    for data, mime_type in ((papers.scan_pdf("a", "b"), PDF), (papers.tiff([papers.picture([])] * 2), "image/tiff")):
        with pytest.raises(DocumentUnreadable, match=f"page {number}"):
            extract(tmp_path / "a", data, number, mime_type)


def test_a_locked_document_gives_no_page(tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable, match="locked"):
        extract(tmp_path / "a.pdf", papers.encrypted_pdf("x", password="y"), 1)
