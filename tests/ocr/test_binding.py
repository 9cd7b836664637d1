"""The archive version shows the same pages, and its text lies where the ink is."""

import ctypes
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest
from PIL import Image
from pypdfium2 import raw

from actors.ocr.binding.binding import bind_document
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.messages import BindDocument, BoundPage, DocumentBound, OcrMode, OcrSettings
from tests.ocr import papers
from tests.ocr.papers import Spot

PDF = "application/pdf"
WORD = Spot("Zebrafink", left=70, baseline=160, points=28)
SCALE = 2.0
NEAR_POINTS = 4.0

Corners = tuple[float, float, float, float]


def bind(
    folder: Path,
    original: bytes,
    layers: Sequence[bytes],
    *,
    mime_type: str = PDF,
    turned: int = 0,
    replaces: bool = False,
    mode: OcrMode = OcrMode.SKIP,
) -> tuple[DocumentBound, Path]:
    source, target = folder / "original", folder / "archive.pdf"
    source.write_bytes(original)
    pages = []
    for number, layer in enumerate(layers, 1):
        path = folder / f"layer{number}.pdf"
        path.write_bytes(layer)
        pages.append(BoundPage(number, path, turned, replaces))
    order = BindDocument(source, mime_type, target, tuple(pages), "Ein Vogel", "de", OcrSettings(mode=mode))
    return bind_document(order), target


def words_seen(document: bytes | Path, word: str) -> tuple[Corners, Corners]:
    """Tell where the first page shows ink, and where its text says that `word` is, both in points from the top left."""
    with pdfium.PdfDocument(document) as pdf:
        page = pdf[0]
        width, height = (round(side * SCALE) for side in page.get_size())
        pixels = page.render(scale=SCALE).to_pil().convert("L")
        dark = np.argwhere(np.asarray(pixels) < 128)
        (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0)
        ink = (left / SCALE, top / SCALE, right / SCALE, bottom / SCALE)
        text_page = page.get_textpage()
        index, count = text_page.search(word).get_next()
        across, down = [], []
        for number in range(index, index + count):
            x0, y0, x1, y1 = text_page.get_charbox(number)
            for x, y in ((x0, y0), (x1, y1)):
                device_x, device_y = ctypes.c_int(), ctypes.c_int()
                raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, device_x, device_y)
                across.append(device_x.value / SCALE)
                down.append(device_y.value / SCALE)
        return ink, (min(across), min(down), max(across), max(down))


def assert_text_on_ink(document: bytes | Path, word: str = WORD.text) -> Corners:
    ink, text = words_seen(document, word)
    assert text == pytest.approx(ink, abs=NEAR_POINTS)
    return ink


def expected_ink() -> Corners:
    dark = np.argwhere(np.asarray(papers.picture([WORD], dpi=144)) < 128)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0)
    return left / 2, top / 2, right / 2, bottom / 2


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("margins", [(0, 0), (40, 90)])
def test_the_text_lies_on_the_ink_however_the_page_was_turned(tmp_path: Path, rotate: int, turned: int, margins: tuple[int, int]) -> None:
    scan = papers.picture_pdf([papers.picture([WORD])], turned=turned, rotate=rotate, margins=margins)
    bound, archive = bind(tmp_path, scan, [papers.text_layer([WORD])], turned=turned)
    assert bound == DocumentBound(archive.stat().st_size, pdfa=True)
    assert assert_text_on_ink(archive) == pytest.approx(expected_ink(), abs=2)


@pytest.mark.parametrize(
    ("mime_type", "format_name", "mode"),
    [
        ("image/jpeg", "JPEG", "L"),
        ("image/png", "PNG", "RGBA"),
        ("image/png", "PNG", "1"),
        ("image/png", "PNG", "P"),
        ("image/tiff", "TIFF", "RGB"),
        ("image/webp", "WEBP", "RGB"),
        ("image/gif", "GIF", "P"),
        ("image/bmp", "BMP", "RGB"),
        ("image/heic", "HEIF", "RGB"),
    ],
)
def test_an_image_becomes_a_page_with_its_text_on_the_ink(tmp_path: Path, mime_type: str, format_name: str, mode: str) -> None:
    image, data = papers.picture([WORD], dpi=100).convert(mode), BytesIO()
    image.save(data, format_name, dpi=(100, 100))
    bound, archive = bind(tmp_path, data.getvalue(), [papers.text_layer([WORD])], mime_type=mime_type)
    assert bound.pdfa, bound.notices
    assert_text_on_ink(archive)


def test_a_photo_taken_sideways_is_bound_upright(tmp_path: Path) -> None:
    image, data = papers.picture([WORD]).rotate(90, expand=True), BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned clockwise by 90 degrees
    image.save(data, "JPEG", dpi=(100, 100), exif=exif)
    _, archive = bind(tmp_path, data.getvalue(), [papers.text_layer([WORD])], mime_type="image/jpeg")
    assert assert_text_on_ink(archive) == pytest.approx(expected_ink(), abs=2)


def test_a_cmyk_photo_is_bound_without_a_false_claim(tmp_path: Path) -> None:
    data = BytesIO()
    papers.picture([WORD]).convert("CMYK").save(data, "JPEG", dpi=(100, 100))
    bound, archive = bind(tmp_path, data.getvalue(), [papers.text_layer([WORD])], mime_type="image/jpeg")
    assert bound.pdfa is False
    assert [notice.code for notice in bound.notices] == ["NOT_PDFA"]
    assert_text_on_ink(archive)
    with pikepdf.open(archive) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == ""


def test_every_page_of_a_tiff_is_bound(tmp_path: Path) -> None:
    data = papers.tiff([papers.picture([Spot(f"Seite{n}", 50, 90)]) for n in (1, 2, 3)])
    _, archive = bind(tmp_path, data, [papers.text_layer([Spot(f"Seite{n}", 50, 90)]) for n in (1, 2, 3)], mime_type="image/tiff")
    assert texts(archive) == ["Seite1", "Seite2", "Seite3"]


def texts(document: Path) -> list[str]:
    with pdfium.PdfDocument(document) as pdf:
        return [page.get_textpage().get_text_range().strip() for page in pdf]


def test_pages_that_were_not_read_stay_as_they_are(tmp_path: Path) -> None:
    mixed = papers.digital_pdf("Erste Seite", "Zweite Seite")
    _, archive = bind(tmp_path, mixed, [])
    assert texts(archive) == ["Erste Seite", "Zweite Seite"]


def test_redo_puts_the_new_layer_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    scan = papers.with_layer(papers.picture_pdf([papers.picture([WORD])]), [Spot("Zedrafimk", 70, 160, 28)])
    _, archive = bind(tmp_path, scan, [papers.text_layer([WORD])], mode=OcrMode.REDO)
    assert texts(archive) == [WORD.text]


def test_force_puts_the_new_page_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    page = papers.with_layer(papers.picture_pdf([papers.picture([WORD])]), [WORD])
    _, archive = bind(tmp_path, papers.digital_pdf("war hier", "bleibt"), [page], replaces=True, mode=OcrMode.FORCE)
    assert texts(archive) == [WORD.text, "bleibt"]


def test_outlines_still_find_a_page_that_was_replaced(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(papers.digital_pdf("eins", "zwei"))) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Anfang", 0))
        data = BytesIO()
        pdf.save(data)
    _, archive = bind(tmp_path, data.getvalue(), [papers.scan_pdf("neu")], replaces=True, mode=OcrMode.FORCE)
    with pikepdf.open(archive) as pdf, pdf.open_outline() as outline:
        destination = outline.root[0].destination
        assert isinstance(destination, pikepdf.Array)
        assert destination[0].objgen == pdf.pages[0].obj.objgen


def test_title_and_language_are_in_the_archive(tmp_path: Path) -> None:
    _, archive = bind(tmp_path, papers.scan_pdf("x"), [papers.text_layer([WORD])])
    with pikepdf.open(archive) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["dc:title"], metadata["dc:language"], str(pdf.Root.Lang)) == ("Ein Vogel", {"de"}, "de")


def test_a_font_that_is_not_embedded_forbids_the_claim(tmp_path: Path) -> None:
    bound, archive = bind(tmp_path, papers.form_pdf("Name", "Ann"), [])
    assert (bound.pdfa, [notice.code for notice in bound.notices]) == (False, ["NOT_PDFA"])
    assert texts(archive) == ["Name"]


def test_an_archive_is_hardly_larger_than_its_scan(tmp_path: Path) -> None:
    pages = ["\n".join(f"Zeile {row} auf Seite {page}" for row in range(20)) for page in range(10)]
    scan = papers.scan_pdf(*pages, dpi=200)
    bound, _ = bind(tmp_path, scan, [papers.text_layer(papers.lines(text)) for text in pages])
    assert bound.size_bytes < 1.15 * len(scan)


def test_the_same_font_is_stored_once(tmp_path: Path) -> None:
    layer = papers.text_layer([WORD])
    one, _ = bind(tmp_path, papers.scan_pdf("a"), [layer])
    four, archive = bind(tmp_path, papers.scan_pdf("a", "a", "a", "a"), [layer] * 4)
    with pikepdf.open(archive) as pdf:
        programs = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing]
    assert len(programs) == 1
    assert four.size_bytes < 4 * one.size_bytes


def test_the_original_is_not_touched_and_nothing_else_is_left(tmp_path: Path) -> None:
    scan = papers.scan_pdf("x")
    bind(tmp_path, scan, [papers.text_layer([WORD])])
    assert (tmp_path / "original").read_bytes() == scan
    assert {path.name for path in tmp_path.iterdir()} == {"original", "layer1.pdf", "archive.pdf"}


def test_a_failed_binding_leaves_the_former_archive(tmp_path: Path) -> None:
    (tmp_path / "archive.pdf").write_bytes(b"former")
    with pytest.raises(DocumentUnreadable, match="no page 2"):
        bind(tmp_path, papers.scan_pdf("x"), [papers.text_layer([WORD])] * 2)
    assert (tmp_path / "archive.pdf").read_bytes() == b"former"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_encrypted_document_that_opens_by_itself_is_bound_open(tmp_path: Path) -> None:
    bound, archive = bind(tmp_path, papers.encrypted_pdf("offen", password=""), [])
    assert bound.pdfa
    with pikepdf.open(archive) as pdf:
        assert not pdf.is_encrypted


@pytest.mark.parametrize(("document", "pdfa"), [(papers.scan_pdf("x"), True), (papers.form_pdf("Name", "Ann"), False)])
def test_scripts_do_not_come_into_the_archive(tmp_path: Path, document: bytes, pdfa: bool) -> None:
    with pikepdf.open(BytesIO(document)) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.Root.Names = pikepdf.Dictionary(
            JavaScript=pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), pdf.make_indirect(script)])))
        )
        data = BytesIO()
        pdf.save(data)
    bound, archive = bind(tmp_path, data.getvalue(), [])
    assert bound.pdfa is pdfa
    with pikepdf.open(archive) as pdf:
        assert not [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/JS" in thing]


def test_an_image_that_was_lossy_does_not_grow(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (1000, 800), dtype=np.uint8))
    for format_name, mime_type, options in (
        ("TIFF", "image/tiff", {"compression": "jpeg", "quality": 90}),
        ("WEBP", "image/webp", {"quality": 90}),
    ):
        data = BytesIO()
        noise.convert("RGB").save(data, format_name, **options)
        bound, _ = bind(tmp_path, data.getvalue(), [], mime_type=mime_type)
        assert bound.size_bytes < 1.6 * len(data.getvalue()), format_name


def test_what_only_serves_a_viewer_does_not_forbid_the_claim(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(papers.scan_pdf("x"))) as pdf:
        pdf.trailer.DocChecksum = pikepdf.Name("/AB12")
        pdf.Root.PageMode = pikepdf.Name.UseAttachments
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]))
        pdf.pages[0].Resources.XObject.Scan.Metadata = pdf.make_stream(b"<x/>", Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.pages[0].obj.Trans = pikepdf.Dictionary(S=pikepdf.Name.Fade)
        pdf.pages[0].obj.Metadata = pdf.make_stream(b"<x/>", Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        data = BytesIO()
        pdf.save(data)
    bound, _ = bind(tmp_path, data.getvalue(), [])
    assert bound.notices == ()


@pytest.mark.parametrize("resources", [pikepdf.Array([]), pikepdf.Dictionary(XObject=pikepdf.Array([])), pikepdf.Dictionary()])
def test_a_page_with_senseless_resources_gets_its_layer(tmp_path: Path, resources: pikepdf.Object) -> None:
    with pikepdf.open(BytesIO(papers.scan_pdf("x"))) as pdf:
        pdf.pages[0].obj.Resources = resources
        data = BytesIO()
        pdf.save(data)
    for mode in (OcrMode.SKIP, OcrMode.REDO):
        _, archive = bind(tmp_path, data.getvalue(), [papers.text_layer([WORD])], mode=mode)
        assert texts(archive) == [WORD.text]


def test_content_that_leaves_its_own_coordinates_behind_does_not_move_the_text(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(papers.picture_pdf([papers.picture([WORD])]))) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].Contents = pdf.make_stream(content.removeprefix(b"q ").removesuffix(b" Q"))
        data = BytesIO()
        pdf.save(data)
    _, archive = bind(tmp_path, data.getvalue(), [papers.text_layer([WORD])])
    assert_text_on_ink(archive)


def test_a_transparent_image_is_laid_on_paper(tmp_path: Path) -> None:
    ink, data = papers.picture([WORD]), BytesIO()
    clear = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    clear.putalpha(ink.point(lambda value: 255 - value))
    clear.save(data, "PNG", dpi=(100, 100))
    bound, archive = bind(tmp_path, data.getvalue(), [papers.text_layer([WORD])], mime_type="image/png")
    assert bound.pdfa
    assert_text_on_ink(archive)
    with pikepdf.open(archive) as pdf:
        assert not [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/SMask" in thing]
