"""A file is looked into once: its pages, its own text, what must be read, and what a person should know."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.inspection import inspect_document
from actors.ocr.messages import DocumentInspected, InspectDocument, OcrMode, OcrSettings, PageFacts
from tests.ocr import papers
from tests.ocr.papers import Spot

PDF = "application/pdf"


def inspect(folder: Path, data: bytes, mime_type: str = PDF, settings: OcrSettings | None = None) -> DocumentInspected:
    path = folder / "document"
    path.write_bytes(data)
    return inspect_document(InspectDocument(path, mime_type, settings or OcrSettings()))


def test_a_digital_pdf_speaks_for_itself(tmp_path: Path) -> None:
    assert inspect(tmp_path, papers.digital_pdf("Erste Seite", "Zweite Seite")) == DocumentInspected(
        (PageFacts(1, "Erste Seite", needs_reading=False), PageFacts(2, "Zweite Seite", needs_reading=False)), archivable=False
    )


def test_a_scan_is_read_and_archived(tmp_path: Path) -> None:
    assert inspect(tmp_path, papers.scan_pdf("eins", "zwei")) == DocumentInspected(
        (PageFacts(1, "", needs_reading=True), PageFacts(2, "", needs_reading=True)), archivable=True
    )


def test_a_stamp_does_not_hide_a_scan(tmp_path: Path) -> None:
    assert inspect(tmp_path, papers.with_stamp(papers.scan_pdf("Brief"), "Eingang 3. Mai")).pages == (PageFacts(1, "", needs_reading=True),)


def test_an_older_layer_is_kept_or_read_anew(tmp_path: Path) -> None:
    scan = papers.with_layer(papers.scan_pdf("Brief"), [Spot("Brief", 50, 80)])
    assert inspect(tmp_path, scan).pages == (PageFacts(1, "Brief", needs_reading=False),)
    assert inspect(tmp_path, scan, settings=OcrSettings(mode=OcrMode.REDO)).pages == (PageFacts(1, "", needs_reading=True),)
    digital = papers.digital_pdf("Brief")
    assert inspect(tmp_path, digital, settings=OcrSettings(mode=OcrMode.REDO)).pages == (PageFacts(1, "Brief", needs_reading=False),)


def test_an_empty_page_is_not_read(tmp_path: Path) -> None:
    data = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(data)
    assert inspect(tmp_path, data.getvalue()) == DocumentInspected((PageFacts(1, "", needs_reading=False),), archivable=False)


def test_what_was_filled_into_a_form_is_text(tmp_path: Path) -> None:
    (page,) = inspect(tmp_path, papers.form_pdf("Name", "Annegret Zuber")).pages
    assert "Annegret Zuber" in page.text


def test_a_locked_document_says_how_to_unlock_it(tmp_path: Path) -> None:
    inspected = inspect(tmp_path, papers.encrypted_pdf("geheim", password="test"))
    assert (inspected.pages, inspected.encrypted, inspected.archivable) == ((), True, False)
    (notice,) = inspected.notices
    assert notice.code == "ENCRYPTED"
    assert "scriba unlock" in notice.message


def test_a_lock_without_a_password_is_none(tmp_path: Path) -> None:
    inspected = inspect(tmp_path, papers.encrypted_pdf("offen", password=""))
    assert inspected == DocumentInspected((PageFacts(1, "offen", needs_reading=False),), archivable=False)


def test_a_signed_scan_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    inspected = inspect(tmp_path, papers.signed_pdf(papers.scan_pdf("Vertrag")))
    assert (inspected.pages, inspected.signed, inspected.archivable) == ((PageFacts(1, "", needs_reading=True),), True, False)
    assert [notice.code for notice in inspected.notices] == ["SIGNED"]


@pytest.mark.parametrize(("mode", "read"), [(OcrMode.SKIP, True), (OcrMode.REDO, True), (OcrMode.FORCE, True), (OcrMode.OFF, False)])
def test_an_image_is_read_and_archived(tmp_path: Path, mode: OcrMode, read: bool) -> None:
    data = BytesIO()
    papers.picture([Spot("Bild", 50, 80)]).save(data, "PNG")
    inspected = inspect(tmp_path, data.getvalue(), "image/png", OcrSettings(mode=mode))
    assert inspected == DocumentInspected((PageFacts(1, "", read),), archivable=True)


def test_every_page_of_a_tiff_counts_and_only_the_first_ones_are_read_if_asked(tmp_path: Path) -> None:
    data = papers.tiff([papers.picture([])] * 3)
    inspected = inspect(tmp_path, data, "image/tiff", OcrSettings(first_pages=2))
    assert [page.needs_reading for page in inspected.pages] == [True, True, False]


def test_an_animation_has_one_page(tmp_path: Path) -> None:
    data = BytesIO()
    frames = [papers.picture([Spot(f"Bild {n}", 50, 80)], size=(200, 200)) for n in range(3)]
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    assert len(inspect(tmp_path, data.getvalue(), "image/gif").pages) == 1


@pytest.mark.parametrize("mime_type", ["text/plain", "text/markdown", "text/csv", "text/x-script.python"])
def test_text_is_its_own_text(tmp_path: Path, mime_type: str) -> None:
    assert inspect(tmp_path, "Grüße\r\n;1".encode(), mime_type) == DocumentInspected(
        (PageFacts(1, "Grüße\n;1", needs_reading=False),), archivable=False
    )


def test_a_pdf_behind_some_garbage_is_known_by_its_header(tmp_path: Path) -> None:
    data = b"\n\n" + papers.digital_pdf("versteckt")
    assert inspect(tmp_path, data, "application/octet-stream").pages[0].text == "versteckt"


@pytest.mark.parametrize(
    ("data", "mime_type", "words"),
    [
        (b"", "inode/x-empty", "empty"),
        (b"%PDF-1.4\n%%EOF\n", PDF, "damaged"),
        (b"MZ\x90", "application/x-dosexec", "application/x-dosexec"),
        (b"\x00\x01\x02", "application/octet-stream", "application/octet-stream"),
        (b"\xff\xd8\xff\xe0nothing", "image/jpeg", "damaged"),
        (b"II*\x00\xff\xff\xff\xff", "image/tiff", "damaged"),
    ],
)
def test_a_hopeless_file_is_named_in_plain_words(tmp_path: Path, data: bytes, mime_type: str, words: str) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        inspect(tmp_path, data, mime_type)
    assert words in caught.value.reason
    assert caught.value.reason.endswith(".")


def test_an_image_is_opened_as_what_it_was_taken_for(tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable):
        inspect(tmp_path, papers.tiff([papers.picture([])]), "image/png")


@pytest.mark.parametrize(("most", "fits"), [(1, False), (2, True), (3, True)])
def test_the_bound_on_pages_holds(tmp_path: Path, most: int, fits: bool) -> None:
    settings = OcrSettings(max_pages=most)
    for data, mime_type in ((papers.scan_pdf("a", "b"), PDF), (papers.tiff([papers.picture([])] * 2), "image/tiff")):
        if fits:
            assert len(inspect(tmp_path, data, mime_type, settings).pages) == 2
        else:
            with pytest.raises(DocumentUnreadable, match="2 pages, and 1 are allowed"):
                inspect(tmp_path, data, mime_type, settings)


@pytest.mark.parametrize(("most", "fits"), [(9_999, False), (10_000, True), (10_001, True)])
def test_the_bound_on_pixels_holds(tmp_path: Path, most: int, fits: bool) -> None:
    data = papers.tiff([papers.picture([], size=(100, 100), dpi=72)])
    if fits:
        assert len(inspect(tmp_path, data, "image/tiff", OcrSettings(max_pixels=most)).pages) == 1
    else:
        with pytest.raises(DocumentUnreadable, match="too large"):
            inspect(tmp_path, data, "image/tiff", OcrSettings(max_pixels=most))


def test_a_page_tree_that_loops_has_an_end(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(papers.digital_pdf("eins"))) as pdf:
        pdf.Root.Pages.Kids = pikepdf.Array([pdf.Root.Pages, pdf.Root.Pages])
        pdf.Root.Pages.Count = 3
        data = BytesIO()
        pdf.save(data)
    with pytest.raises(DocumentUnreadable):
        inspect(tmp_path, data.getvalue())


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_pdf_is_mended_or_refused(tmp_path: Path, share: float) -> None:
    whole = papers.digital_pdf("eins", "zwei", "drei")
    with suppress(DocumentUnreadable):
        assert inspect(tmp_path, whole[: int(len(whole) * share)]).pages


def test_what_one_library_refuses_the_other_mends(tmp_path: Path) -> None:
    late = b" " * 5_000 + papers.digital_pdf("spät")  # pdfium looks for the header in the first 1,024 bytes only
    assert inspect(tmp_path, late).pages[0].text == "spät"
