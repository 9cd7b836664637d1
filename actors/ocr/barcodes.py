"""The payloads of the barcodes on a page."""

from typing import Protocol

import zxingcpp
from PIL import Image

# What people print on documents. Fewer kinds are found faster and less is taken for a code that is none; zbar's DataBar prints assertions.
ZXING_FORMATS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.Code39,
        zxingcpp.BarcodeFormat.EAN13,
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.ITF,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.PDF417,
        zxingcpp.BarcodeFormat.Aztec,
    ]
)
ZBAR_SYMBOLS = ("QRCODE", "CODE128", "CODE39", "EAN13", "EAN8", "I25")


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


class EitherReader:
    """Asks the second reader only where the first finds nothing: each reads damaged codes that the other does not."""

    def __init__(self, first: BarcodeReader, second: BarcodeReader) -> None:
        self._first = first
        self._second = second

    def read(self, image: Image.Image) -> tuple[str, ...]:
        """Read all barcodes."""
        return self._first.read(image) or self._second.read(image)


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
