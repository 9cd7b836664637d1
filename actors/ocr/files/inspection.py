"""Finds out what a stored file holds: its pages, their own text, and which of them must be read."""

from pathlib import Path

from actors.ocr.files.bounds import check_page_count, check_pixels
from actors.ocr.files.images import go_to_page, open_image, page_count
from actors.ocr.files.invoice_files import invoice_in_file, sheets_of
from actors.ocr.files.kinds import file_kind
from actors.ocr.files.pdf_inspection import inspect_pdf
from actors.ocr.files.plain_text import MAX_BYTES, read_text
from actors.ocr.files.text_layer import clean_text
from actors.ocr.messages import DocumentInspected, InspectDocument, Notice, OcrMode, OcrSettings, PageFacts
from actors.ocr.mime_types import XML, FileKind


def inspect_document(order: InspectDocument) -> DocumentInspected:
    """Look at a file without reading any picture in it."""
    match kind := file_kind(order.path, order.mime_type):
        case FileKind.PDF:
            return inspect_pdf(order.path, order.settings)
        case FileKind.IMAGE:
            return inspect_image(order.path, order.mime_type, order.settings)
        case FileKind.TEXT:
            return inspect_text(order.path, order.mime_type, order.settings)
        case FileKind.INVOICE:
            return inspect_invoice(order.path, order.settings)
        case FileKind.MAIL | FileKind.MARKUP | FileKind.OFFICE | FileKind.ARCHIVE:
            return inspect_words(order, kind)


def inspect_image(path: Path, mime_type: str, settings: OcrSettings) -> DocumentInspected:
    """Count the pages of an image file; each is read, unless reading is off or only the first pages are wanted."""
    with open_image(path, mime_type) as image:
        count = page_count(image)
        check_page_count(count, settings.max_pages)
        for number in range(1, count + 1):
            go_to_page(image, number)
            check_pixels(image.width, image.height, settings.max_pixels)
    last = settings.first_pages or count
    pages = (PageFacts(number, "", settings.mode is not OcrMode.OFF and number <= last) for number in range(1, count + 1))
    return DocumentInspected(tuple(pages), archivable=True)


def inspect_text(path: Path, mime_type: str, settings: OcrSettings) -> DocumentInspected:
    """Take a text file for what it says; of XML that should be an e-invoice and isn't, say so."""
    text = read_text(path, settings.max_pages)
    notices = invoice_in_file(path).notices if mime_type in XML else ()
    if text.truncated:
        notices += (Notice("TRUNCATED", f"The text is very long: its first {MAX_BYTES // 1_000_000} MB can be searched."),)
    pages = (PageFacts(number, page, needs_reading=False) for number, page in enumerate(text.pages, 1))
    return DocumentInspected(tuple(pages), archivable=False, notices=notices)


def inspect_words(order: InspectDocument, kind: FileKind) -> DocumentInspected:
    """Take a file of which no PDF was made for the words that it holds."""
    # Imported here: the libraries of all formats take 27 MB, which only a decoder that has seen such a file should pay.
    from actors.ocr.files.words import words_of

    words = words_of(order.path, order.mime_type, kind, order.settings.max_pages)
    pages = (PageFacts(number, page, needs_reading=False) for number, page in enumerate(words.pages, 1))
    notices = (Notice("NO_TEXT", words.without),) if words.without else ()
    return DocumentInspected(tuple(pages), archivable=False, notices=notices, letter=words.letter)


def inspect_invoice(path: Path, settings: OcrSettings) -> DocumentInspected:
    """Take an e-invoice for what its readable version says."""
    found, sheets = invoice_in_file(path), sheets_of(path)
    check_page_count(len(sheets.texts), settings.max_pages)
    pages = (PageFacts(number, clean_text(text), needs_reading=False) for number, text in enumerate(sheets.texts, 1))
    notices = found.notices
    if sheets.truncated:
        notices += (Notice("TRUNCATED", f"The invoice is very long: its first {len(sheets.texts)} pages can be seen and searched."),)
    return DocumentInspected(tuple(pages), archivable=True, notices=notices, invoice=found.facts)
