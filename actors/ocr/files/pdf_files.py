"""Opens PDFs of any health: what one library refuses, the other may mend."""

import io
from pathlib import Path

import pikepdf
import pikepdf.settings
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types

from actors.ocr.errors import DocumentUnreadable

# 1 MB of PDF can inflate to 1 GB. qpdf refuses a stream beyond this instead.
MAX_STREAM_BYTES = 256 << 20
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MAX_STREAM_BYTES,
    run_length_max_memory=MAX_STREAM_BYTES,
    png_max_memory=MAX_STREAM_BYTES,
    tiff_max_memory=MAX_STREAM_BYTES,
)
# A mapped file counts as memory of the process, and one scan can be larger than all that it may use.
ACCESS = pikepdf.AccessMode.stream
# What pikepdf, and ocrmypdf's parts, raise where a PDF holds another kind of object than its format says.
MALFORMED = (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError)
PASSWORD_ERRORS = frozenset({4, 5})  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
LOCKED = "The document is locked with a password."
NOT_A_PDF = "The file is damaged: it begins like a PDF, but no pages can be found in it."


def open_structure(path: Path) -> pikepdf.Pdf:
    """Open a PDF to take it apart; an empty password is tried by itself."""
    try:
        return pikepdf.open(path, access_mode=ACCESS)
    except pikepdf.PasswordError as error:
        raise DocumentUnreadable(LOCKED) from error
    except pikepdf.PdfError as error:
        try:
            return pikepdf.open(_rewritten_by_pdfium(path))
        except pikepdf.PdfError:
            raise DocumentUnreadable(NOT_A_PDF) from error


def open_pages(path: Path) -> pdfium.PdfDocument:
    """Open a PDF to read and draw its pages; the caller closes it."""
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code in PASSWORD_ERRORS:
            raise DocumentUnreadable(LOCKED) from error
        try:
            return pdfium.PdfDocument(_rewritten_by_qpdf(path), autoclose=True)
        except pdfium.PdfiumError:
            raise DocumentUnreadable(NOT_A_PDF) from error


def _rewritten_by_pdfium(path: Path) -> io.BytesIO:
    copy = io.BytesIO()
    try:
        with pdfium.PdfDocument(path) as document:
            document.save(copy)
    except pdfium.PdfiumError as error:
        raise DocumentUnreadable(NOT_A_PDF) from error
    copy.seek(0)
    return copy


def _rewritten_by_qpdf(path: Path) -> io.BytesIO:
    copy = io.BytesIO()
    try:
        with pikepdf.open(path, access_mode=ACCESS) as document:
            document.save(copy)
    except pikepdf.PdfError as error:
        raise DocumentUnreadable(NOT_A_PDF) from error
    copy.seek(0)
    return copy
