"""The payloads of the barcodes on a page."""

from typing import Protocol

import zxingcpp
from PIL import Image

# What people print on documents. Fewer kinds are found faster and less is taken for a code that is none. UPC comes as the EAN-13 it is.
ZXING_FORMATS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.EAN13,
        zxingcpp.BarcodeFormat.UPCA,
        zxingcpp.BarcodeFormat.UPCE,
        zxingcpp.BarcodeFormat.Code39,
        zxingcpp.BarcodeFormat.Code93,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.Codabar,
        zxingcpp.BarcodeFormat.ITF,
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Aztec,
        zxingcpp.BarcodeFormat.PDF417,
    ]
)
# zbar reads no more kinds than these; its DataBar prints assertions.
ZBAR_SYMBOLS = ("EAN8", "EAN13", "CODE39", "CODE93", "CODE128", "CODABAR", "I25", "QRCODE")


class BarcodeReader(Protocol):
    """Finds barcodes on a grey image (mode L) in any orientation.

    Answers each payload once, as text, from top to bottom; an image without barcodes gives (). Codes whose bytes are no UTF-8 are read as
    Latin-1, which never fails.
    """

    def read(self, image: Image.Image) -> tuple[str, ...]:
        """Read all barcodes."""
        ...


class ZxingReader:
    """Reads through zxing-cpp."""

    def read(self, image: Image.Image) -> tuple[str, ...]:
        """Read all barcodes."""
        found = zxingcpp.read_barcodes(image, formats=ZXING_FORMATS)
        placed = [(code.position.top_left.y, text_of(code.text.encode("utf-8", "replace") or code.bytes)) for code in found if code.valid]
        return in_order(placed)


class PyzbarReader:
    """Reads through zbar."""

    def read(self, image: Image.Image) -> tuple[str, ...]:
        """Read all barcodes."""
        # Imported here because it loads libzbar, which pages whose barcodes nobody wants must not need.
        from pyzbar import pyzbar  # type: ignore[import-untyped]  # it ships no types

        symbols = [pyzbar.ZBarSymbol[name] for name in ZBAR_SYMBOLS]
        return in_order([(code.rect.top, text_of(code.data)) for code in pyzbar.decode(image, symbols=symbols)])


class HalvedReader:
    """Shows a page to another reader at half its size, where single dots of noise are gone; thin bars are, too."""

    def __init__(self, reader: BarcodeReader) -> None:
        self._reader = reader

    def read(self, image: Image.Image) -> tuple[str, ...]:
        """Read all barcodes."""
        return self._reader.read(image.reduce(2))


class FirstReader:
    """Asks readers one after the other until one finds something: each reads damaged codes that the others do not."""

    def __init__(self, *readers: BarcodeReader) -> None:
        self._readers = readers

    def read(self, image: Image.Image) -> tuple[str, ...]:
        """Read all barcodes."""
        return next((found for reader in self._readers if (found := reader.read(image))), ())


def make_reader() -> BarcodeReader:
    """Build the reader that finds most; what each finds was measured."""
    return FirstReader(ZxingReader(), HalvedReader(ZxingReader()), PyzbarReader())


def text_of(data: bytes) -> str:
    """Read a payload as UTF-8, else as Latin-1; without zero bytes, which PostgreSQL refuses."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\0", "")


def in_order(placed: list[tuple[int, str]]) -> tuple[str, ...]:
    """Drop repetitions and empty payloads, and sort the rest from top to bottom."""
    return tuple(dict.fromkeys(text for _, text in sorted(placed, key=lambda item: item[0]) if text))
