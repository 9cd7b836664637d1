"""What a file is, by its bytes."""

import codecs
import re
from pathlib import PurePosixPath

import magic

from actors.ocr.mime_types import OFFICE_SUFFIXES, OUTLOOK

EMPTY = "inode/x-empty"
PDF = "application/pdf"
_UNKNOWN = "application/octet-stream"

# As much as libmagic looks at for any format that Scriba reads.
HEAD_BYTES = 256 * 1024

_TEXT_SUFFIXES = {".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv", ".txt": "text/plain"}
# Kinds of text that are more than their characters; all others (scripts, sources, troff by a leading full stop) are read as plain text.
_RICH_TEXT = frozenset({"text/html", "text/xml", "text/rtf", "text/csv", "text/markdown", "text/calendar", "text/vcard"})
_OTHER_NAMES = {"image/x-ms-bmp": "image/bmp", "application/x-empty": EMPTY, "application/xml": "text/xml", "application/rtf": "text/rtf"}
_STILL_IMAGES = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"avif": "image/avif",
    b"mif1": "image/heif",
}
# Office files that libmagic takes for the containers that they are: zips with their parts in another order than it knows, OLE files.
_CONTAINERS = frozenset({_UNKNOWN, "application/zip", "application/x-ole-storage", "application/cdfv2", "application/vnd.ms-office"})
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SUFFIXES = frozenset({".doc", ".xls", ".ppt", ".msg"})
_BY_SUFFIX = {suffix: mime_type for mime_type, suffix in OFFICE_SUFFIXES.items()} | {".msg": OUTLOOK}
# Mails that programs keep in a file of theirs begin with a line of their own.
_HEADER_LINE = re.compile(rb"(?:>?From [^\r\n]{1,500}\r?\n)?[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]")
# XML that libmagic doesn't know by its first letters: white space or remarks go before, or the declaration is missing, but no namespace.
_XML = re.compile(rb"(?:\xef\xbb\xbf)?(?>(?:\s|<!--.*?-->)*)<(?:\?xml\s|[A-Za-z_][\w.:-]{0,100}\s[^<>]{0,4096}?\bxmlns[:=])", re.DOTALL)
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class ContentDetector:
    """Names MIME types with libmagic and settles what it leaves open. Threads may share one: python-magic locks each call."""

    def __init__(self) -> None:
        """Load libmagic's database once."""
        self._magic = magic.Magic(mime=True)

    def detect(self, head: bytes, name: str) -> str:
        """Name the MIME type of a file that begins with `head` (HEAD_BYTES of it); `name` only decides between kinds of text."""
        if not head:
            return EMPTY
        found = self._magic.from_buffer(head)
        return settle(_OTHER_NAMES.get(found, found), head, PurePosixPath(name).suffix.lower())


def settle(found: str, head: bytes, suffix: str) -> str:
    """Give the MIME type, from what libmagic found and what it doesn't look at."""
    if found != PDF and b"%PDF-" in head[:1024] and (found == _UNKNOWN or suffix == ".pdf"):
        return PDF  # readers accept a PDF header anywhere in the first 1024 bytes
    if head[4:8] == b"ftyp":
        return _still_image(head) or found
    if found.lower() in _CONTAINERS and suffix in _BY_SUFFIX and head.startswith(_OLE if suffix in _OLE_SUFFIXES else _ZIP):
        return _BY_SUFFIX[suffix]
    if found.startswith("text/") or (suffix in _TEXT_SUFFIXES and _is_text(head)):
        return _text_kind(found, head, suffix)
    return found


def _still_image(head: bytes) -> str | None:
    """Name the image that an ISO base media file holds, None for a film."""
    size = min(int.from_bytes(head[:4], "big"), 256)
    brands = [head[8:12], *(head[start : start + 4] for start in range(16, size, 4))]
    return next((_STILL_IMAGES[brand] for brand in sorted(brands, key=lambda brand: brand == b"mif1") if brand in _STILL_IMAGES), None)


def _text_kind(found: str, head: bytes, suffix: str) -> str:
    if found == "text/plain" and _XML.match(head):
        return "text/xml"
    if suffix == ".eml" and _HEADER_LINE.match(head):
        return "message/rfc822"
    if found == "text/csv" and suffix == ".txt":
        return "text/plain"  # libmagic takes prose with commas for a table
    if found in _RICH_TEXT and found != "text/csv":
        return found
    return _TEXT_SUFFIXES.get(suffix, found if found in _RICH_TEXT else "text/plain")


def _is_text(head: bytes) -> bool:
    """Tell whether the bytes are UTF-8 prose, whose first letters libmagic may take for a binary format ("P4 ", "BZh")."""
    if _NOT_IN_TEXT.search(head):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head, final=len(head) < HEAD_BYTES)  # the last character of a longer file may be cut
    except UnicodeDecodeError:
        return False
    return True
