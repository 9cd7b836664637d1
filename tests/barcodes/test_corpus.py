"""Real scans with barcodes mean what their list says: read page by page, then divided."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from actors.barcodes.meaning import ASN_TOO_LARGE, BarcodeFacts, meaning
from actors.barcodes.separation import PageRole, role_of, separate
from actors.barcodes.settings import BarcodeSettings
from actors.ocr.files.extraction import extract_page
from actors.ocr.files.inspection import inspect_document
from actors.ocr.messages import ExtractPage, InspectDocument, OcrSettings, ReadBarcodes
from actors.ocr.reading.barcode_pages import read_barcodes
from tests.corpus.manifest import CORPUS, MISSING, papers

SHEETS = BarcodeSettings(separate=True)
ASN = BarcodeSettings(separate=True, asn=True)
TAGS = BarcodeSettings(tags=True, separate_at_tags=True)
OCR = OcrSettings()
pytestmark = pytest.mark.skipif(not papers(), reason=MISSING)


@dataclass(frozen=True, slots=True)
class Expected:
    """The separator sheets, numbered from 1, and the documents: pages, number and tags of each; none for a scan that stays whole."""

    settings: BarcodeSettings
    sheets: tuple[int, ...] = ()
    documents: tuple[tuple[tuple[int, ...], int | None, tuple[str, ...]], ...] = ()


def plain(*documents: tuple[int, ...]) -> tuple[tuple[tuple[int, ...], int | None, tuple[str, ...]], ...]:
    """Give documents without number and tags."""
    return tuple((pages, None, ()) for pages in documents)


MIDDLE = Expected(SHEETS, (2,), plain((1,), (3,)))
EXPECTED = {
    "barcode-128-asn-too-large.pdf": Expected(ASN),
    "barcode-39-asn-123.pdf": Expected(ASN),
    "barcode-39-asn-custom-prefix.pdf": Expected(ASN),
    "barcode-fax-image.pdf": MIDDLE,
    "many-qr-codes.pdf": Expected(BarcodeSettings(separate=True, separator="ADAR-NEXTDOC"), (2,), plain((1,), (3,))),
    "patch-code-t-double.pdf": Expected(SHEETS, (2, 3), plain((1,), (4,))),
    "patch-code-t-middle-distorted.pdf": MIDDLE,
    "patch-code-t-middle-reverse.pdf": MIDDLE,
    "patch-code-t-middle-unreadable.pdf": Expected(SHEETS),
    "patch-code-t-middle.pdf": MIDDLE,
    "patch-code-t-middle.tiff": MIDDLE,
    "patch-code-t.pdf": Expected(SHEETS, (1,)),
    "split-by-asn-1.pdf": Expected(
        ASN, (), (((1, 2), 123, ()), ((3,), 124, ()), ((4, 5, 6), 125, ()), ((7, 8), 126, ()), ((9, 10), 127, ()))
    ),
    "split-by-tag-basic.pdf": Expected(TAGS, (), (((1,), None, ()), ((2, 3), None, ("invoice",)), ((4, 5, 6), None, ("receipt",)))),
    "split-by-tag-multiple-per-page.pdf": Expected(
        TAGS, (), (((1,), None, ()), ((2, 3), None, ("expense", "invoice")), ((4, 5), None, ("receipt",)))
    ),
}


def payloads(name: str) -> list[tuple[str, ...]]:
    """Read every page as the readers do."""
    path = CORPUS / "barcodes" / name
    mime_type = "image/tiff" if path.suffix == ".tiff" else "application/pdf"
    pages = inspect_document(InspectDocument(path, mime_type, OCR)).pages
    return [page_payloads(path, mime_type, page.number) for page in pages]


def page_payloads(path: Path, mime_type: str, number: int) -> tuple[str, ...]:
    return read_barcodes(ReadBarcodes(extract_page(ExtractPage(path, mime_type, number, OCR)), OCR)).payloads


@pytest.mark.parametrize("name", EXPECTED)
def test_a_scan_is_divided_where_its_list_says(name: str) -> None:
    expected, pages = EXPECTED[name], payloads(name)
    sheets = tuple(number for number, page in enumerate(pages, 1) if role_of(page, expected.settings) is PageRole.SEPARATOR)
    documents = tuple((part.pages, part.facts.asn, tuple(sorted(part.facts.tags))) for part in separate(pages, expected.settings))
    assert (sheets, documents) == (expected.sheets, expected.documents)


def test_every_scan_of_the_list_is_looked_at() -> None:
    assert sorted(EXPECTED) == sorted(Path(paper.name).name for paper in papers() if paper.name.startswith("barcodes/"))


def test_numbers_are_those_of_the_list() -> None:
    assert meaning(payloads("barcode-39-asn-123.pdf"), ASN).asn == 123
    assert meaning(payloads("patch-code-t.pdf"), ASN) == BarcodeFacts()
    custom = payloads("barcode-39-asn-custom-prefix.pdf")
    assert meaning(custom, BarcodeSettings(asn=True, asn_prefix="CUSTOM-PREFIX-")).asn == 123
    assert meaning(custom, ASN).asn is None
    too_large = meaning(payloads("barcode-128-asn-too-large.pdf"), ASN)
    assert (too_large.asn, [notice.code for notice in too_large.notices]) == (None, [ASN_TOO_LARGE])


def test_tags_of_a_scan_that_is_not_divided_are_all_its_own() -> None:
    assert meaning(payloads("split-by-tag-basic.pdf"), BarcodeSettings(tags=True)).tags == ("invoice", "receipt")
