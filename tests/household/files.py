"""Makes the files of a household's papers."""

import zxingcpp
from PIL import Image

from tests.household.papers import Make, Paper
from tests.invoices.bills import cross_industry
from tests.load.flood import letter
from tests.ocr.paper import barcode
from tests.ocr.papers import lines, picture, picture_pdf

SCAN_DPI = 150
STICKER = (780, 1_500)
STICKER_SIZE = (400, 120)


def file_of(paper: Paper) -> bytes:
    """Make the file of a paper."""
    match paper.make:
        case Make.LETTER:
            return letter(paper.text)
        case Make.NOTE:
            return paper.text.encode()
        case Make.INVOICE:
            return cross_industry(number=f"KRUG-{paper.text}", total=f"{100 + int(paper.text)}.50")
        case Make.SCAN:
            return picture_pdf([with_sticker(picture(lines(paper.text), dpi=SCAN_DPI), f"ASN{paper.asn:05d}")], dpi=SCAN_DPI)


def with_sticker(page: Image.Image, payload: str) -> Image.Image:
    """Stick a barcode onto a page."""
    sticker = barcode(payload, zxingcpp.BarcodeFormat.Code128, STICKER_SIZE)
    page.paste(sticker, STICKER)
    return page
