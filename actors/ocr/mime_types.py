"""What MIME types say of files. It knows no decoder, so that whoever only asks for a type loads none."""

from collections.abc import Mapping
from enum import StrEnum


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


def kind_of_type(mime_type: str) -> FileKind | None:
    """Tell the kind by the MIME type alone; XML is text, as long as nobody has looked whether it is an invoice."""
    if mime_type == "application/pdf":
        return FileKind.PDF
    if mime_type in IMAGE_FORMATS:
        return FileKind.IMAGE
    if mime_type in XML or (mime_type.startswith("text/") and mime_type not in MARKUP):
        return FileKind.TEXT
    return None
