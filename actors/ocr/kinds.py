"""What can be made of a file, by its MIME type."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.invoice_files import invoice_in_file


class FileKind(StrEnum):
    """The ways a document can go: each has its own inspection, extraction and rendering."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    INVOICE = "invoice"


# MIME type → the one Pillow format that may decode it, so that a file can't choose another decoder than it was taken for.
IMAGE_FORMATS: Mapping[str, str] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/bmp": "BMP",
    "image/x-ms-bmp": "BMP",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}
# Marked-up text whose source is no reading matter; it comes with the office formats.
MARKUP = frozenset({"text/rtf"})
XML = frozenset({"text/xml", "application/xml"})
HEADER_WITHIN = 1024  # readers accept a PDF whose header comes this late (PDF 1.7, implementation note 13)


def kind_of_type(mime_type: str) -> FileKind | None:
    """Tell the kind by the MIME type alone; XML is text, as long as nobody has looked whether it is an invoice."""
    if mime_type == "application/pdf":
        return FileKind.PDF
    if mime_type in IMAGE_FORMATS:
        return FileKind.IMAGE
    if mime_type in XML or (mime_type.startswith("text/") and mime_type not in MARKUP):
        return FileKind.TEXT
    return None


def file_kind(path: Path, mime_type: str) -> FileKind:
    """Tell the kind of a stored file; a PDF that content detection missed is known by its header, an e-invoice by its XML."""
    if path.stat().st_size == 0:
        raise DocumentUnreadable("The file is empty: it has 0 bytes.")
    kind = kind_of_type(mime_type)
    if mime_type in XML and invoice_in_file(path).contents is not None:
        return FileKind.INVOICE
    if kind is None and mime_type == "application/octet-stream" and b"%PDF-" in _head(path):
        return FileKind.PDF
    if kind is None:
        raise DocumentUnreadable(f"Files of type {mime_type} can't be read yet. The original is kept: a PDF of it will be read.")
    return kind


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEADER_WITHIN)
