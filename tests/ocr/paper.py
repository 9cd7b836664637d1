"""Pages made for tests: printed lines on white, turned, leaning, packed as PDF or image."""

import io
from collections.abc import Sequence

import img2pdf  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from actors.ocr.messages import PageSource

LINES = (
    "The archive keeps every letter that was ever sent",
    "to this house, and finds it again by any word in it.",
    "Please pay the amount of 1234.56 before the end of",
    "March and quote the number of this invoice with it.",
    "Our office is closed on Mondays and during the fair;",
    "the workshop in the yard behind it stays open then.",
    "Yours sincerely, the keeper of the paper mountain",
)
DPI = 200.0


def printed(lines: Sequence[str] = LINES, size: tuple[int, int] = (1400, 900), type_size: int = 40, ink: int = 0) -> Image.Image:
    """Print lines of type on a white sheet."""
    sheet = Image.new("L", size, 255)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=type_size)
    for number, line in enumerate(lines):
        draw.text((120, 120 + number * type_size * 2), line, fill=ink, font=font)
    return sheet


def barcode(text: str, kind: zxingcpp.BarcodeFormat, size: tuple[int, int]) -> Image.Image:
    drawn = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind), scale=6)
    return Image.fromarray(np.asarray(drawn)).resize(size)


def turned(sheet: Image.Image, clockwise: int) -> Image.Image:
    return sheet.rotate(-clockwise, expand=True)


def leaning(sheet: Image.Image, clockwise: float) -> Image.Image:
    return sheet.rotate(-clockwise, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def packed(image: Image.Image, kind: str = "PNG", dpi: float = DPI) -> bytes:
    output = io.BytesIO()
    image.save(output, kind, dpi=(dpi, dpi))
    return output.getvalue()


def image_page(image: Image.Image, number: int = 1, kind: str = "PNG", dpi: float = DPI) -> PageSource:
    return PageSource(number, packed(image, kind, dpi), f"image/{kind.lower()}")


def pdf_page(image: Image.Image, number: int = 1, dpi: float = DPI) -> PageSource:
    """Pack a scan as a PDF page of its own size."""
    return PageSource(number, bytes(img2pdf.convert(packed(image, "PNG", dpi))), "application/pdf")
