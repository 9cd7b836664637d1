"""Text files: which letters the bytes mean, and where a page ends."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from actors.ocr.files.text_layer import clean_text

MAX_BYTES = 20_000_000  # a novel is 1 MB; beyond this it is a log or a dump, and its first part is what finds it
PAGE_CHARACTERS = 100_000  # bounds what one page costs in the database, the index and a message
FORM_FEED = "\f"
# UTF-16 first would hide UTF-32, whose mark begins alike.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Windows-1252 puts where Latin-1 has control characters; five of the bytes stay undefined.
WESTERN = {byte: letter for byte in range(0x80, 0xA0) if (letter := bytes([byte]).decode("cp1252", errors="ignore"))}


@dataclass(frozen=True, slots=True)
class PlainText:
    """The pages of a text file; `truncated` when only its first part was read."""

    pages: tuple[str, ...]
    truncated: bool


def read_text(path: Path, max_pages: int, max_bytes: int = MAX_BYTES) -> PlainText:
    """Read a text file of any encoding into pages."""
    with path.open("rb") as file:
        data = file.read(max_bytes + 1)
    truncated = len(data) > max_bytes
    if truncated:  # at the end of a line, so that no letter of several bytes is cut
        data = data[: data.rfind(b"\n", 0, max_bytes) + 1] or data[:max_bytes]
    return PlainText(split_pages(decode(data), max_pages), truncated)


def decode(data: bytes) -> str:
    """Decode by the byte order mark, else as UTF-8, else as Windows-1252, in which no byte is an error here."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(WESTERN)


def split_pages(text: str, max_pages: int) -> tuple[str, ...]:
    """Split at form feeds, unless there are too many, and cut what is too long for a page at the end of a line."""
    sheets = text.split(FORM_FEED)
    if len(sheets) > max_pages:
        sheets = [text]
    pieces = [piece for sheet in sheets for piece in _cut(sheet)]
    return tuple(clean_text(piece) for piece in pieces)


def _cut(sheet: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    while len(sheet) - start > PAGE_CHARACTERS:
        line_end = sheet.rfind("\n", start, start + PAGE_CHARACTERS)
        end = line_end + 1 if line_end > start else start + PAGE_CHARACTERS
        pieces.append(sheet[start:end])
        start = end
    return [*pieces, sheet[start:]]
