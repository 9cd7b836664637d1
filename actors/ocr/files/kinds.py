"""What can be made of a file: by its MIME type and, where that does not tell, by its first bytes."""

from pathlib import Path

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.invoice_files import invoice_in_file
from actors.ocr.mime_types import XML, FileKind, kind_of_type

HEADER_WITHIN = 1024  # readers accept a PDF whose header comes this late (PDF 1.7, implementation note 13)


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
