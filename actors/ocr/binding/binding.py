"""Makes the archive version of a document: its own pages with the text that was read, as PDF/A where it can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain, repeat
from pathlib import Path

import pikepdf
from ocrmypdf.pdfa import speculative_pdfa_conversion
from pikepdf import sanitize
from pikepdf.pdfa import PdfaError

from actors.ocr.binding.image_pages import write_image_pdf
from actors.ocr.binding.overlay import Overlay
from actors.ocr.disk import writing
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.invoice_files import sheets_of
from actors.ocr.files.kinds import file_kind
from actors.ocr.files.pdf_files import MALFORMED, open_structure
from actors.ocr.messages import BindDocument, DocumentBound, Notice, OcrMode
from actors.ocr.mime_types import WORDS, FileKind

# How a document wants to be shown, LibreOffice's checksum of its own file, and what a page carries beside what it shows.
VIEWING = frozenset({"/OpenAction", "/PageMode", "/AA"})
BOOKKEEPING = frozenset({"/DocChecksum"})
# Where an image or a drawing came from, as cameras and LaTeX note it.
ORIGIN = frozenset({"/Metadata", "/PTEX.FileName", "/PTEX.InfoDict", "/PTEX.PageNumber"})
DRAWN = frozenset({"/Image", "/Form"})
PRESENTING = frozenset({"/Trans", "/Dur", "/Metadata", "/AA"})


def bind_document(order: BindDocument) -> DocumentBound:
    """Write the archive PDF to `order.target`. The original is only read."""
    with writing():
        return _bind(order)


def _bind(order: BindDocument) -> DocumentBound:
    plain = order.target.with_name(f".{order.target.name}.plain")
    try:
        with _base(order) as pdf:
            attachments = len(pdf.attachments) > 0
            add_layers(pdf, order)
            disarm(pdf)
            describe(pdf, order)
            pdf.save(plain, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        notices = as_pdfa(plain, order.target, attachments=attachments)
        return DocumentBound(order.target.stat().st_size, pdfa=not notices, notices=notices)
    except MALFORMED as error:
        raise DocumentUnreadable("The file is damaged: no archive version could be made of it.") from error
    finally:
        plain.unlink(missing_ok=True)


def add_layers(pdf: pikepdf.Pdf, order: BindDocument) -> None:
    """Put every read page's layer in place."""
    overlay = Overlay(pdf)
    for page in order.pages:
        overlay.place(page, strip_old_layer=order.settings.mode is OcrMode.REDO)


def disarm(pdf: pikepdf.Pdf) -> None:
    """Drop what runs, plays or only serves the program that wrote the PDF: an archive keeps pages."""
    drawn = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") in DRAWN)
    for holder, keys in chain(
        [(pdf.Root, VIEWING), (pdf.trailer, BOOKKEEPING)], zip(drawn, repeat(ORIGIN)), ((page.obj, PRESENTING) for page in pdf.pages)
    ):
        for key in keys & set(holder.keys()):
            del holder[key]
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and not form.get("/Fields"):
        del pdf.Root["/AcroForm"]
    sanitize.remove_javascript(pdf)
    sanitize.remove_multimedia(pdf)
    sanitize.remove_thumbnails(pdf)
    sanitize.remove_search_index(pdf)
    sanitize.remove_private_app_data(pdf)


def describe(pdf: pikepdf.Pdf, order: BindDocument) -> None:
    """Write title and language into the PDF."""
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = order.title
        if order.language:
            metadata["dc:language"] = {order.language}
    if order.language:
        pdf.Root[pikepdf.Name.Lang] = pikepdf.String(order.language)


def as_pdfa(plain: Path, target: Path, *, attachments: bool) -> tuple[Notice, ...]:
    """Write the PDF as PDF/A if it then passes validation, else as it is, with the reason."""
    try:
        speculative_pdfa_conversion(plain, target, "pdfa-3" if attachments else "pdfa-2")
    except PdfaError as error:
        plain.replace(target)
        reason = error.report.findings[0].message if error.report.findings else "unknown"
        return (Notice("NOT_PDFA", f"The archive version is a plain PDF, since the document does not allow PDF/A: {reason}"),)
    return ()


@contextmanager
def _base(order: BindDocument) -> Iterator[pikepdf.Pdf]:
    """Open the pages that the layers go on."""
    kind = file_kind(order.path, order.mime_type)
    if kind in WORDS:
        raise DocumentUnreadable("A text needs no archive version.")
    if kind is FileKind.INVOICE:
        with pikepdf.open(BytesIO(sheets_of(order.path).pdf)) as pdf:
            yield pdf
        return
    if kind is FileKind.PDF:
        with open_structure(order.path) as pdf:
            yield pdf
        return
    pages = order.target.with_name(f".{order.target.name}.pages")
    try:
        write_image_pdf(order.path, order.mime_type, order.settings, pages)
        with pikepdf.open(pages) as pdf:
            yield pdf
    finally:
        pages.unlink(missing_ok=True)
