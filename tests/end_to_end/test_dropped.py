"""The main job: a file is dropped into the folder, and found by what it says."""

import hashlib
import json
import stat
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
from PIL import Image

from scriba.v1.documents_pb2 import Document, DocumentState, FileKind
from tests.end_to_end.person import Person
from tests.ocr.papers import lines, picture, scan_pdf, tiff

SCAN = scan_pdf("The first page\nholds a carpenter", "The second page\nholds a fisherman", "The third page\nholds a lighthouse")


def test_a_dropped_scan_is_found_by_a_word_on_its_third_page(person: Person) -> None:
    person.drop("harbour.pdf", SCAN)
    document = person.wait_for_file("harbour.pdf")
    assert (document.state, document.page_count, list(document.warnings)) == (DocumentState.DOCUMENT_STATE_READY, 3, [])
    (found,) = person.search("lighthouse")
    assert found.document == document
    (highlight,) = found.highlights
    marked = [highlight.text[each.start : each.end] for each in highlight.ranges]
    assert (highlight.page, marked) == (3, ["lighthouse"])
    typed = person.type("search", "lighthouse", "--json")
    answer = json.loads(typed.out)
    assert (typed.code, answer["results"][0]["document"]["id"], answer["results"][0]["highlights"][0]["page"]) == (0, document.id, 3)
    assert "lighthouse" in person.type("search", "lighthouse").out
    assert original(person, document).read_bytes() == SCAN
    assert stat.S_IMODE(original(person, document).stat().st_mode) == 0o444
    assert document.sha256 == hashlib.sha256(SCAN).hexdigest()
    assert left_over(person) == []
    assert ["carpenter" in page for page in archive_texts(person, document)] == [True, False, False]
    assert "lighthouse" in archive_texts(person, document)[2]
    with Image.open(BytesIO(person.take(document.id, FileKind.FILE_KIND_THUMBNAIL))) as thumbnail:
        assert (thumbnail.format, thumbnail.width) == ("WEBP", 400)


def test_a_file_dropped_again_is_noted_and_not_doubled(person: Person) -> None:
    paper = scan_pdf("a letter about the sundial")
    person.drop("sundial.pdf", paper)
    first = person.wait_for_file("sundial.pdf")
    person.drop("sundial again.pdf", paper)
    person.wait_until(lambda: person.look(first.id).duplicate_count == 1)
    assert person.finds("sundial") == [first.id]
    assert left_over(person) == []


def test_a_page_that_cannot_be_read_is_named_and_stops_no_other(person: Person) -> None:
    damaged = with_damaged_page(tiff([picture(lines(words)) for words in ("the baker", "the cobbler", "the weaver of baskets")]), 2)
    document = person.put("trades.tiff", damaged)
    assert (document.state, document.page_count) == (DocumentState.DOCUMENT_STATE_READY, 3)
    assert [(warning.code, warning.page) for warning in document.warnings if warning.page] == [("PAGE_UNREADABLE", 2)]
    assert (person.finds("baker"), person.finds("weaver baskets"), person.finds("cobbler")) == ([document.id], [document.id], [])
    assert person.take(document.id) == damaged


def original(person: Person, document: Document) -> Path:
    """Find the stored original."""
    return next(person.daemon.data.originals.glob(f"*/{document.sha256}*"))


def left_over(person: Person) -> list[Path]:
    """List what is left in the watched folder, and of copies and pages in the spool; uploads that others gave up may lie there."""
    data = person.daemon.data
    return [path for folder in (data.consume, data.incoming, data.pages) for path in folder.rglob("*") if path.is_file()]


def archive_texts(person: Person, document: Document) -> list[str]:
    """Read the pages of the searchable PDF as any viewer would."""
    with pdfium.PdfDocument(person.take(document.id, FileKind.FILE_KIND_ARCHIVE)) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_an_archive_says_that_it_is_pdf_a(person: Person) -> None:
    document = person.put("well.pdf", scan_pdf("the old well behind the barn"))
    with pikepdf.open(BytesIO(person.take(document.id, FileKind.FILE_KIND_ARCHIVE))) as pdf, pdf.open_metadata() as facts:
        assert facts.pdfa_status.startswith(("2", "3"))


def with_damaged_page(content: bytes, number: int) -> bytes:
    """Overwrite the pixels of one page of a TIFF."""
    with Image.open(BytesIO(content)) as image:
        image.seek(number - 1)
        offsets, sizes = image.tag_v2[273], image.tag_v2[279]  # type: ignore[attr-defined]  # only a TIFF has tags
    damaged = bytearray(content)
    for offset, size in zip(offsets, sizes, strict=True):
        damaged[offset : offset + size] = b"\xff" * size
    return bytes(damaged)
