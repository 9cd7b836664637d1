"""One suite for all readers: the contract of the `BarcodeReader` port."""

import pytest
import zxingcpp
from PIL import Image

from actors.ocr.barcodes import BarcodeReader, EitherReader, PyzbarReader, ZxingReader, in_order, text_of
from tests.ocr.paper import barcode, leaning, printed, turned

READERS = [ZxingReader(), PyzbarReader(), EitherReader(PyzbarReader(), ZxingReader())]


def sheet() -> Image.Image:
    """A letter with a Code 128 above a QR code."""
    page = printed()
    page.paste(barcode("ASN00123", zxingcpp.BarcodeFormat.Code128, (500, 120)), (100, 700))
    page.paste(barcode("TAG:Rechnung", zxingcpp.BarcodeFormat.QRCode, (220, 220)), (1100, 640))
    return page


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


def test_the_second_reader_is_asked_where_the_first_finds_nothing() -> None:
    assert EitherReader(Silent(), ZxingReader()).read(sheet()) == ZxingReader().read(sheet())


def test_payloads_that_are_no_utf8_are_still_text() -> None:
    assert text_of("Straße".encode()) == "Straße"
    assert text_of("Straße".encode("latin-1")) == "Straße"
    assert in_order([(2, "b"), (1, "a"), (3, "a"), (0, "")]) == ("a", "b")
