"""One suite for all readers: the contract of the `BarcodeReader` port."""

from collections.abc import Callable

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from actors.ocr.reading.barcodes import BarcodeReader, FirstReader, PyzbarReader, ZxingReader, in_order, make_reader, text_of
from tests.ocr.paper import barcode, leaning, printed, turned

READERS = [ZxingReader(), PyzbarReader(), FirstReader(PyzbarReader(), ZxingReader()), make_reader()]
FORMAT = zxingcpp.BarcodeFormat
# What is printed, and what is read: UPC is an EAN-13 with a zero before it, or with digits left out.
COMMON = [
    (FORMAT.EAN8, "96385074", "96385074"),
    (FORMAT.EAN13, "4006381333931", "4006381333931"),
    (FORMAT.UPCA, "036000291452", "0036000291452"),
    (FORMAT.UPCE, "01234565", "0012345000065"),
    (FORMAT.Code39, "ASN00123", "ASN00123"),
    (FORMAT.Code93, "ASN00123", "ASN00123"),
    (FORMAT.Code128, "PATCHT", "PATCHT"),
    (FORMAT.Codabar, "A40156B", "A40156B"),
    (FORMAT.ITF, "12345678", "12345678"),
    (FORMAT.QRCode, "TAG:Rechnung", "TAG:Rechnung"),
]
# zbar knows no others, and takes some umlauts in UTF-8 for Japanese.
BEYOND_ZBAR = [
    (FORMAT.QRCode, "TAG:Größe", "TAG:Größe"),
    (FORMAT.DataMatrix, "ASN00123", "ASN00123"),
    (FORMAT.Aztec, "TAG:invoice", "TAG:invoice"),
    (FORMAT.PDF417, "ASN00123", "ASN00123"),
]


def noisy(page: Image.Image) -> Image.Image:
    """As a bad sensor sees it."""
    chance = np.random.default_rng(7)
    return Image.fromarray(np.clip(np.asarray(page) + chance.normal(0, 25, page.size[::-1]), 0, 255).astype(np.uint8))


def blurred(page: Image.Image) -> Image.Image:
    """As a telephone held too near sees it."""
    return page.filter(ImageFilter.GaussianBlur(2))


def shadowed(page: Image.Image) -> Image.Image:
    """With light from one side."""
    return Image.fromarray((np.asarray(page) * np.linspace(0.25, 1, page.width)).astype(np.uint8))


def coarse(page: Image.Image) -> Image.Image:
    """As a scanner set to half the dots sees it."""
    return page.resize((page.width // 2, page.height // 2), Image.Resampling.LANCZOS)


def faded(page: Image.Image) -> Image.Image:
    """With grey ink on grey paper."""
    return page.point(lambda grey: 150 + grey * 0.35)


def sheet() -> Image.Image:
    """A letter with a Code 128 above a QR code."""
    page = printed()
    page.paste(barcode("ASN00123", zxingcpp.BarcodeFormat.Code128, (500, 120)), (100, 700))
    page.paste(barcode("TAG:Rechnung", zxingcpp.BarcodeFormat.QRCode, (220, 220)), (1100, 640))
    return page


def printed_code(kind: zxingcpp.BarcodeFormat, text: str) -> Image.Image:
    """A code among lines of text, drawn with bars of four dots."""
    page = printed(size=(1400, 1400))
    page.paste(Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind), scale=4))), (200, 800))
    return page


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("kind", "text", "payload"), COMMON)
def test_every_reader_reads_what_scanners_and_telephones_print(
    reader: BarcodeReader, kind: zxingcpp.BarcodeFormat, text: str, payload: str
) -> None:
    assert reader.read(printed_code(kind, text)) == (payload,)


@pytest.mark.parametrize(("kind", "text", "payload"), BEYOND_ZBAR)
def test_the_reader_in_use_reads_what_only_one_of_them_can(kind: zxingcpp.BarcodeFormat, text: str, payload: str) -> None:
    assert make_reader().read(printed_code(kind, text)) == (payload,)


@pytest.mark.parametrize("spoil", [noisy, blurred, shadowed, coarse, faded], ids=lambda spoil: spoil.__name__)
def test_a_damaged_separator_sheet_is_still_one(spoil: Callable[[Image.Image], Image.Image]) -> None:
    assert make_reader().read(spoil(printed_code(FORMAT.Code128, "PATCHT"))) == ("PATCHT",)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("clockwise", [0, 90, 180])
def test_codes_are_read_however_the_page_lies(reader: BarcodeReader, clockwise: int) -> None:
    assert set(reader.read(turned(sheet(), clockwise))) == {"ASN00123", "TAG:Rechnung"}


@pytest.mark.parametrize("reader", READERS)
def test_codes_are_read_on_a_leaning_page(reader: BarcodeReader) -> None:
    assert "TAG:Rechnung" in reader.read(leaning(sheet(), 7))


@pytest.mark.parametrize("reader", READERS)
def test_payloads_come_from_top_to_bottom_and_once(reader: BarcodeReader) -> None:
    page = Image.new("L", (600, 900), 255)
    for text, top in (("second", 500), ("first", 50), ("second", 250)):
        page.paste(barcode(text, zxingcpp.BarcodeFormat.QRCode, (180, 180)), (200, top))
    assert reader.read(page) == ("first", "second")


@pytest.mark.parametrize("reader", READERS)
def test_a_page_without_codes_has_none(reader: BarcodeReader) -> None:
    assert reader.read(printed()) == ()


class Silent:
    """Finds nothing, whatever the page."""

    def read(self, image: Image.Image) -> tuple[str, ...]:
        return ()


class Loud:
    """Finds the same thing everywhere."""

    def read(self, image: Image.Image) -> tuple[str, ...]:
        return ("loud",)


def test_the_next_reader_is_asked_where_the_first_finds_nothing_and_no_other() -> None:
    assert FirstReader(Silent(), ZxingReader(), Loud()).read(sheet()) == ZxingReader().read(sheet())


def test_payloads_that_are_no_utf8_are_still_text() -> None:
    assert text_of("Straße".encode()) == "Straße"
    assert text_of("Straße".encode("latin-1")) == "Straße"
    assert in_order([(2, "b"), (1, "a"), (3, "a"), (0, "")]) == ("a", "b")
