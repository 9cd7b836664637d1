"""Batches with barcodes on their pages, as programs print them and scanners see them."""

from collections.abc import Sequence

import numpy as np
import zxingcpp
from fpdf import FPDF
from PIL import Image

from tests.ocr.papers import A4, TYPEFACE, lines, picture, picture_pdf

Page = tuple[str, str]
CODE_POINTS = 220.0


def printed_code(text: str, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.Code128) -> Image.Image:
    """Draw a barcode with bars of four dots."""
    return Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind), scale=4)))


def digital_batch(*pages: Page) -> bytes:
    """Write a PDF with a page of real text for each text, and a barcode below it for each code that is not empty."""
    pdf = FPDF(unit="pt", format=A4)
    pdf.add_font("Noto", fname=TYPEFACE)
    for text, code in pages:
        pdf.add_page()
        pdf.set_font("Noto", size=14)
        for spot in lines(text):
            pdf.text(spot.left, spot.baseline, spot.text)
        if code:
            pdf.image(printed_code(code), x=60, y=400, w=CODE_POINTS)
    return bytes(pdf.output())


def scanned_batch(*pages: Page, dpi: int = 150) -> bytes:
    """Write a PDF of pictures alone, as a scanner does."""
    return picture_pdf(scans(pages, dpi), dpi=dpi)


def scans(pages: Sequence[Page], dpi: int = 150) -> list[Image.Image]:
    """Draw pages with text and barcodes."""
    drawn = [picture(lines(text, points=20), dpi=dpi) for text, _ in pages]
    for sheet, (_, code) in zip(drawn, pages, strict=True):
        if code:
            sheet.paste(printed_code(code), (100, sheet.height // 2))
    return drawn
