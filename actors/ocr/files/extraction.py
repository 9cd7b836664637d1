"""Takes one page out of a stored file, small enough to travel to any node."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.bounds import check_page_number, check_pixels
from actors.ocr.files.images import frame_bytes, go_to_page, open_image, page_count
from actors.ocr.files.kinds import file_kind
from actors.ocr.files.pdf_files import MALFORMED, open_structure
from actors.ocr.messages import ExtractPage, PageSource
from actors.ocr.mime_types import FileKind

# A document's pages are asked for one after the other, and two documents may take turns; more would only hold memory.
OPEN_DOCUMENTS = 2
PAGES_AT_ONCE = 100  # an open PDF keeps in memory what was taken out of it, so it is opened anew after so many pages


def extract_page(order: ExtractPage) -> PageSource:
    """Take out page `order.number` (from 1): of a PDF as a PDF of one page, of an image file as an image."""
    match file_kind(order.path, order.mime_type):
        case FileKind.PDF:
            pdf = _opened_pdf(order.path, _version(order.path), order.number // PAGES_AT_ONCE)
            return PageSource(order.number, single_page(pdf, order.number), "application/pdf")
        case FileKind.IMAGE:
            return _image_page(order)
        case FileKind.TEXT | FileKind.MAIL | FileKind.MARKUP | FileKind.OFFICE | FileKind.ARCHIVE:
            raise DocumentUnreadable("A text has no page to read: it says itself what it says.")
        case FileKind.INVOICE:
            raise DocumentUnreadable("An e-invoice has no page to read: it says itself what it says.")


def single_page(pdf: pikepdf.Pdf, number: int) -> bytes:
    """Write a page as a PDF of its own, with what it uses and nothing else."""
    check_page_number(number, len(pdf.pages))
    copy = BytesIO()
    try:
        page = pdf.pages[number - 1]
        page.remove_unreferenced_resources()
        with pikepdf.new() as alone:
            alone.pages.append(page)
            alone.save(copy, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)  # as it is: packing costs more
    except MALFORMED as error:
        raise DocumentUnreadable(f"Page {number} is damaged and can't be taken out of the document.") from error
    return copy.getvalue()


def _image_page(order: ExtractPage) -> PageSource:
    image = _opened_image(order.path, order.mime_type, _version(order.path))
    count = page_count(image)
    check_page_number(order.number, count)
    go_to_page(image, order.number)
    check_pixels(image.width, image.height, order.settings.max_pixels)
    if count == 1:
        return PageSource(1, order.path.read_bytes(), order.mime_type)
    return PageSource(order.number, frame_bytes(image), "image/tiff")


def _version(path: Path) -> tuple[int, int]:
    """Tell one content of a path from the next."""
    facts = path.stat()
    return facts.st_mtime_ns, facts.st_size


@lru_cache(maxsize=OPEN_DOCUMENTS)
def _opened_pdf(path: Path, version: tuple[int, int], block: int) -> pikepdf.Pdf:  # noqa: ARG001  # both are parts of the key
    """Keep a PDF open, prepared: what is drawn over its pages is made part of them, and links are dropped."""
    pdf = open_structure(path)
    try:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
        for page in pdf.pages:
            if "/Annots" in page:
                del page["/Annots"]
    except MALFORMED as error:
        raise DocumentUnreadable("The file is damaged: its pages can't be taken apart.") from error
    return pdf


@lru_cache(maxsize=OPEN_DOCUMENTS)
def _opened_image(path: Path, mime_type: str, version: tuple[int, int]) -> Image.Image:  # noqa: ARG001  # likewise
    return open_image(path, mime_type)
