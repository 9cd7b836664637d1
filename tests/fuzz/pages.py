"""What decoders say of pages: barcodes, words and boxes, text, and the frames in which they say it."""

import dataclasses
import math
import struct
import unicodedata
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import get_type_hints

from actors.invoices.facts import Invoice
from actors.ocr.decoders import frames
from actors.ocr.engines.tsv import parse_tsv
from actors.ocr.errors import OcrError
from actors.ocr.files.plain_text import PAGE_CHARACTERS, decode, split_pages
from actors.ocr.files.text_layer import clean_text
from actors.ocr.messages import DocumentInspected, OcrSettings, PageRead, PageSource, ReadPage, Word
from actors.ocr.reading.barcodes import in_order, text_of
from actors.pipeline.page_records import pack_words
from tests.fuzz.target import Target, split, text

MOST_PAGES = 50


def fuzz_barcode(data: bytes) -> None:
    """Any payload becomes text that can be kept in any database, once and from top to bottom."""
    payloads = in_order([(row, text_of(part)) for row, part in enumerate(split(data, 8))])
    assert len(set(payloads)) == len(payloads)
    for payload in payloads:
        assert payload
        assert "\0" not in payload
        assert payload.encode()


def fuzz_tsv(data: bytes) -> None:
    """Whatever the engine says, words have letters, boxes and a confidence, and lines count up."""
    reading = parse_tsv(text(data))
    can_be_stored(reading.text.replace("\n", ""))
    line = 0
    for word in reading.words:
        can_be_stored(word.text)
        assert word.text.strip() == word.text != ""
        assert "\t" not in word.text
        assert math.isfinite(word.confidence)
        assert word.line in (line, line + 1)
        line = word.line
    assert math.isfinite(reading.confidence)
    pack_words(reading.words)


def fuzz_plain_text(data: bytes) -> None:
    """A text file of any bytes has pages that are not too long, and nothing in them that a terminal or a database minds."""
    pages = split_pages(decode(data), MOST_PAGES)
    assert pages
    for page in pages:
        can_be_stored(page.replace("\n", "").replace("\t", ""))
        assert len(page) <= 3 * PAGE_CHARACTERS


def fuzz_text_layer(data: bytes) -> None:
    """Extracted text is cleaned once and for all."""
    cleaned = clean_text(text(data))
    can_be_stored(cleaned.replace("\n", "").replace("\t", ""))
    assert clean_text(cleaned) == cleaned


def fuzz_frame(data: bytes) -> None:
    """Any bytes are a call or an answer made of this room's own values, or no frame."""
    try:
        size = frames.body_size(data[:8])
        value = frames.decode(data[8 : 8 + size])
    except (frames.BadFrame, struct.error):
        return
    assert isinstance(value, frames.Call | frames.Answer)
    is_our_own(value)
    assert frames.encode(frames.decode(frames.encode(value)[frames.HEADER.size :])) == frames.encode(value)


def is_our_own(value: object) -> None:
    """Check that a value is built of this room's messages and plain values alone."""
    if isinstance(value, tuple):
        for part in value:
            is_our_own(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        assert type(value).__module__.startswith(("actors.ocr.", "actors.invoices.")), type(value)
        for name, hint in get_type_hints(type(value)).items():
            assert not isinstance(hint, type) or isinstance(getattr(value, name), hint), name
        for field in dataclasses.fields(value):
            is_our_own(getattr(value, field.name))
    else:
        assert value is None or isinstance(value, str | bytes | int | float | bool | Enum | PurePath | date | Decimal | OcrError), type(
            value
        )


def can_be_stored(value: str) -> None:
    """Check that text has nothing that PostgreSQL, UTF-8 or a terminal refuses."""
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value), ascii(value)


ROW = "5\t1\t1\t1\t{line}\t1\t10\t20\t30\t40\t96.5\t{word}\n"
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
READ = PageRead(1, "text", (Word("text", 1, 2, 3, 4, 90.0, 0),), 90.0, 90, 1.5, 100, 200, 300.0, b"%PDF")
CALL = frames.Call("read_page", ReadPage(PageSource(1, b"\0\xff", "image/png"), OcrSettings()), 10, 5.0)
INSPECTED = DocumentInspected((), archivable=True, invoice=Invoice("7", issued=date(2024, 2, 29), total=Decimal("1.50")))
ANSWERS = (frames.Answer(READ), frames.Answer(INSPECTED), frames.Answer(error=OcrError("why")))
TARGETS = (
    Target(fuzz_barcode, (b"4006381333931", "Größe".encode(), b"Gr\xf6\xdfe", b"a\xffb\xffa", b"BCD\n002\n1\nSCT\n\nName\nDE12\nEUR1.00")),
    Target(
        fuzz_tsv,
        (
            (HEAD + ROW.format(line=1, word="Hello") + ROW.format(line=2, word="中") + ROW.format(line=2, word="文")).encode(),
            b"4\t1\t1\t1\t1\t0\t0\t0\t0\t0\t-1\t\n",
        ),
    ),
    Target(fuzz_plain_text, (b"page\x0cpage two", "Grüße".encode("utf-16"), "Grüße".encode("cp1252"), b"\xff\xfe\0\0a", b"")),
    Target(fuzz_text_layer, (b"auf\xef\xbf\xbegaben", "ﬁne ﷺ".encode(), b"a\r\nb\x0bc  \n\n", "e\u0301".encode())),
    Target(fuzz_frame, tuple(bytes(frames.encode(value)) for value in (CALL, *ANSWERS))),
)
