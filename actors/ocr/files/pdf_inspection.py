"""Looks into a PDF page by page: text, pictures, locks and signatures."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
from pypdfium2 import raw

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.bounds import check_page_count
from actors.ocr.files.invoice_files import invoice_in_pdf
from actors.ocr.files.locks import is_locked, is_signed
from actors.ocr.files.pdf_files import open_pages, open_structure
from actors.ocr.files.reading_need import PageContent, needs_reading
from actors.ocr.files.text_layer import clean_text, is_usable
from actors.ocr.messages import DocumentInspected, Notice, OcrSettings, PageFacts

ENCRYPTED = Notice("ENCRYPTED", "The document is locked with a password and can't be read: unlock it with: scriba unlock ID")
SIGNED = Notice("SIGNED", "The document is signed: no archive version is made, since it would lose the signature.")
PAGES_AT_ONCE = 100  # pdfium keeps the raw pictures of every page it has seen until the document is closed
MAX_OBJECTS = 1_000  # a plan may hold a million strokes; the first thousand objects tell what kind of page it is
INVISIBLE_MODES = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
NOT_DRAWN = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP})


def inspect_pdf(path: Path, settings: OcrSettings) -> DocumentInspected:
    """Tell what a PDF holds and which of its pages must be read."""
    if is_locked(path):
        return DocumentInspected((), archivable=False, encrypted=True, notices=(ENCRYPTED,))
    with open_structure(path) as structure:
        signed, found = is_signed(structure), invoice_in_pdf(structure)
    with open_pages(path) as document:
        count = len(document)
    check_page_count(count, settings.max_pages)
    looks = [facts for first in range(1, count + 1, PAGES_AT_ONCE) for facts in _look(path, first, count, settings)]
    if all(facts is None for facts in looks):
        raise DocumentUnreadable("The file is damaged: none of its pages can be opened.")
    torn = (Notice("PAGE_UNREADABLE", "The page is damaged and can't be opened.", n) for n, facts in enumerate(looks, 1) if facts is None)
    pages = tuple(facts or PageFacts(number, "", needs_reading=False) for number, facts in enumerate(looks, 1))
    archivable = not signed and any(page.needs_reading for page in pages)
    notices = (*((SIGNED,) if signed else ()), *found.notices, *torn)
    return DocumentInspected(pages, archivable, signed=signed, notices=notices, invoice=found.facts)


def _look(path: Path, first: int, count: int, settings: OcrSettings) -> list[PageFacts | None]:
    """Look at some pages, from `first` on; None for one that can't be opened."""
    with open_pages(path) as document:
        return [_page_facts(document, number, settings) for number in range(first, min(first + PAGES_AT_ONCE, count + 1))]


def _page_facts(document: pdfium.PdfDocument, number: int, settings: OcrSettings) -> PageFacts | None:
    """Look at one page; None when it can't be opened."""
    try:
        with closing(_opened(document, number)) as page:
            content = page_content(page)
    except pdfium.PdfiumError:
        return None
    read = needs_reading(content, number, settings)
    text = clean_text(content.text) if not read and is_usable(content.text) else ""
    return PageFacts(number, text, read)


def _opened(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """Open a page with what is drawn over it (form fields, stamps, signatures) made part of it: text hides there too."""
    page = document[number - 1]
    if not _has_drawn_annotations(page):
        return page
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[number - 1]


def _has_drawn_annotations(page: pdfium.PdfPage) -> bool:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_OBJECTS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind not in NOT_DRAWN:
            return True
    return False


def page_content(page: pdfium.PdfPage) -> PageContent:
    """See what is drawn on an open page."""
    width, height = page.get_size()
    area = max(width * height, 1.0)
    draws, covered, texts, invisible = False, 0.0, 0, 0
    for drawn in islice(_objects(page), MAX_OBJECTS):
        draws = True
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            covered += _shown_area(drawn)
        elif drawn.type == raw.FPDF_PAGEOBJ_TEXT:
            texts += 1
            invisible += raw.FPDFTextObj_GetTextRenderMode(drawn) in INVISIBLE_MODES
    with closing(page.get_textpage()) as text_page:
        text = str(text_page.get_text_range())
    return PageContent(text, min(covered / area, 1.0), draws, invisible_text=invisible * 2 > texts)


def _objects(page: pdfium.PdfPage) -> Iterator[pdfium.PdfObject]:
    """List what a page draws, also inside forms (of which only the parts count)."""
    for drawn in page.get_objects(max_depth=5):
        if drawn.type != raw.FPDF_PAGEOBJ_FORM:
            yield drawn


def _shown_area(image: pdfium.PdfObject) -> float:
    """Measure an image on the page: a form's own scale is that of the forms around it."""
    left, bottom, right, top = image.get_bounds()
    area = abs((right - left) * (top - bottom))
    form = image.container
    while form is not None:
        a, b, c, d, _, _ = form.get_matrix().get()
        area *= abs(a * d - b * c)
        form = form.container
    return float(area)
