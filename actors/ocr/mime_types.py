"""What MIME types say of files. It knows no decoder, so that whoever only asks for a type loads none."""

from collections.abc import Mapping
from enum import StrEnum


class FileKind(StrEnum):
    """The ways a document can go: each has its own inspection, extraction and rendering."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    INVOICE = "invoice"
    MAIL = "mail"
    MARKUP = "markup"
    OFFICE = "office"
    ARCHIVE = "archive"


# They go their way as a PDF that is made of them and, where none can be made, as the words that they hold.
MADE_INTO_PDF = frozenset({FileKind.MAIL, FileKind.MARKUP, FileKind.OFFICE})
# They hold words and no page.
WORDS = MADE_INTO_PDF | {FileKind.TEXT, FileKind.ARCHIVE}
# Other files may lie in them.
HOLDING = frozenset({FileKind.MAIL, FileKind.ARCHIVE})

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
XML = frozenset({"text/xml", "application/xml"})
MAIL = "message/rfc822"
OUTLOOK = "application/vnd.ms-outlook"
MARKDOWN = "text/markdown"
MARKUP = frozenset({"text/html", "application/xhtml+xml", MARKDOWN})
RTF = "text/rtf"
ZIP = "application/zip"
ARCHIVES = frozenset(
    {
        ZIP,
        "application/x-tar",
        "application/gzip",
        "application/x-bzip2",
        "application/x-xz",
        "application/zstd",
        "application/x-7z-compressed",
    }
)
_OOXML, _MICROSOFT, _OPEN = "application/vnd.openxmlformats-officedocument.", "application/vnd.ms-", "application/vnd.oasis.opendocument."
# MIME type → the ending by which office programs know the format.
OFFICE_SUFFIXES: Mapping[str, str] = {
    "application/msword": ".doc",
    f"{_MICROSOFT}excel": ".xls",
    f"{_MICROSOFT}powerpoint": ".ppt",
    f"{_OOXML}wordprocessingml.document": ".docx",
    f"{_OOXML}wordprocessingml.template": ".dotx",
    f"{_OOXML}spreadsheetml.sheet": ".xlsx",
    f"{_OOXML}presentationml.presentation": ".pptx",
    f"{_OOXML}presentationml.slideshow": ".ppsx",
    f"{_MICROSOFT}word.document.macroenabled.12": ".docm",
    f"{_MICROSOFT}excel.sheet.macroenabled.12": ".xlsm",
    f"{_MICROSOFT}powerpoint.presentation.macroenabled.12": ".pptm",
    f"{_OPEN}text": ".odt",
    f"{_OPEN}spreadsheet": ".ods",
    f"{_OPEN}presentation": ".odp",
    RTF: ".rtf",
}


def kind_of_type(mime_type: str) -> FileKind | None:
    """Tell the kind by the MIME type alone; XML is text, as long as nobody has looked whether it is an invoice."""
    if mime_type == "application/pdf":
        return FileKind.PDF
    if mime_type in IMAGE_FORMATS:
        return FileKind.IMAGE
    if mime_type in (MAIL, OUTLOOK):
        return FileKind.MAIL
    if mime_type in MARKUP:
        return FileKind.MARKUP
    if mime_type in OFFICE_SUFFIXES:
        return FileKind.OFFICE
    if mime_type in ARCHIVES:
        return FileKind.ARCHIVE
    if mime_type in XML or mime_type.startswith("text/"):
        return FileKind.TEXT
    return None


def is_made_into_pdf(mime_type: str) -> bool:
    """Tell whether a PDF is made of a file before it is read."""
    return kind_of_type(mime_type) in MADE_INTO_PDF
