"""Draws a page as a picture for people: WebP, never larger than asked for."""

import math
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
from PIL import Image, ImageDraw, ImageFont, ImageOps

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files import thumbnail
from actors.ocr.files.bounds import check_page_number, check_pixels
from actors.ocr.files.images import go_to_page, open_image, page_count, tolerating_truncation, without_alpha
from actors.ocr.files.invoice_files import sheets_of
from actors.ocr.files.kinds import file_kind
from actors.ocr.files.pdf_files import open_pages
from actors.ocr.files.plain_text import read_text
from actors.ocr.files.thumbnail import make_thumbnail
from actors.ocr.messages import OcrSettings, RenderPage
from actors.ocr.mime_types import FileKind

MOST_PIXELS = 20_000_000  # 60 MB as RGB; more than any screen shows
MOST_SIDE = 16_383  # the most that WebP can hold
QUALITY = 80
BOUNDS = OcrSettings()
# A sheet of text: 80 columns of 11 point type with margins, in the proportions of A4.
SHEET_WIDTH, SHEET_HEIGHT, MARGIN = 595, 842, 45
TYPE_POINTS, LINE_POINTS, COLUMNS = 10, 14, 90
SHEET_LINES = (SHEET_HEIGHT - 2 * MARGIN) // LINE_POINTS
TYPEFACE = files("ocrmypdf") / "data" / "NotoSans-Regular.ttf"  # Latin, Greek and Cyrillic; Pillow's own has Latin only


def thumbnail_page(order: RenderPage) -> bytes:
    """Draw a page small, as lists show it."""
    return make_thumbnail(_picture(replace(order, width=min(order.width, thumbnail.WIDTH))))


def render_page(order: RenderPage) -> bytes:
    """Draw a page as WebP."""
    copy = BytesIO()
    _picture(order).save(copy, format="WEBP", quality=QUALITY, method=thumbnail.METHOD)
    return copy.getvalue()


def _picture(order: RenderPage) -> Image.Image:
    match kind := file_kind(order.path, order.mime_type):
        case FileKind.PDF:
            with open_pages(order.path) as document:
                return _draw_page(document, order)
        case FileKind.IMAGE:
            return _shrink_image(order)
        case FileKind.TEXT:
            return _draw_text(order, read_text(order.path, BOUNDS.max_pages).pages)
        case FileKind.INVOICE:
            with pdfium.PdfDocument(sheets_of(order.path).pdf) as document:
                return _draw_page(document, order)
        case FileKind.MAIL | FileKind.MARKUP | FileKind.OFFICE | FileKind.ARCHIVE:
            return _draw_words(order, kind)


def fitting_scale(width: float, height: float, most_width: float) -> float:
    """Tell by how much a page is scaled to be `most_width` wide, and less where it would have too many pixels."""
    return min(most_width / width, MOST_SIDE / max(width, height), math.sqrt(MOST_PIXELS / (width * height)))


def _draw_page(document: pdfium.PdfDocument, order: RenderPage) -> Image.Image:
    check_page_number(order.number, len(document))
    document.init_forms()
    try:
        with closing(document[order.number - 1]) as page:
            width, height = page.get_size()
            scale = fitting_scale(max(width, 1.0), max(height, 1.0), order.width)
            picture: Image.Image = page.render(scale=scale).to_pil()
            return picture.convert("RGB")
    except (pdfium.PdfiumError, ValueError) as error:
        raise DocumentUnreadable(f"Page {order.number} can't be drawn.") from error


def _shrink_image(order: RenderPage) -> Image.Image:
    with open_image(order.path, order.mime_type) as image, tolerating_truncation():
        check_page_number(order.number, page_count(image))
        go_to_page(image, order.number)
        check_pixels(image.width, image.height, BOUNDS.max_pixels)
        scale = min(1.0, fitting_scale(image.width, image.height, order.width))
        try:
            image.draft("RGB", (round(image.width * scale), round(image.height * scale)))  # a JPEG decodes small at once
            upright = without_alpha(ImageOps.exif_transpose(image))
            scale = min(1.0, fitting_scale(upright.width, upright.height, order.width))
            size = max(1, round(upright.width * scale)), max(1, round(upright.height * scale))
            return upright.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        except (OSError, ValueError, SyntaxError) as error:
            raise DocumentUnreadable("The image is damaged and can't be drawn.") from error


def _draw_words(order: RenderPage, kind: FileKind) -> Image.Image:
    """Draw the words of a file of which there is no PDF."""
    from actors.ocr.files.words import words_of  # only here, as in inspection.py

    return _draw_text(order, words_of(order.path, order.mime_type, kind, BOUNDS.max_pages).pages)


def _draw_text(order: RenderPage, pages: Sequence[str]) -> Image.Image:
    """Draw the beginning of a page of text on a sheet."""
    check_page_number(order.number, len(pages))
    lines = [line.expandtabs(4)[:COLUMNS] for line in pages[order.number - 1].split("\n", SHEET_LINES)[:SHEET_LINES]]
    scale = order.width / SHEET_WIDTH
    sheet = Image.new("L", (order.width, round(SHEET_HEIGHT * scale)), "white")
    font = ImageFont.truetype(BytesIO(TYPEFACE.read_bytes()), TYPE_POINTS * scale)
    draw = ImageDraw.Draw(sheet)
    for row, line in enumerate(lines):
        draw.text((MARGIN * scale, (MARGIN + row * LINE_POINTS) * scale), line, fill="black", font=font)
    return sheet
