"""A decoder's answer is believed when it can be true."""

from dataclasses import replace
from pathlib import Path

import pytest

from actors.invoices.facts import Invoice
from actors.ocr.decoders.plausibility import MOST_NOTICES, MOST_PICTURE_BYTES, MOST_TEXT, MOST_WORDS, oddity
from actors.ocr.messages import (
    BarcodesRead,
    BindDocument,
    DocumentBound,
    DocumentInspected,
    ExtractPage,
    InspectDocument,
    Notice,
    OcrSettings,
    PageFacts,
    PageRead,
    PageSource,
    ReadBarcodes,
    ReadPage,
    RenderPage,
    Word,
)

PDF, SETTINGS = "application/pdf", OcrSettings(max_pages=3, max_pixels=1_000_000)
ASKED = ReadPage(PageSource(3, b"%PDF", PDF), SETTINGS)
WORD = Word("word", 0, 0, 100, 20, 90.0, 0)
READ = PageRead(3, "word", (WORD,), 90.0, 0, 0.0, 800, 600, 100.0, layer=b"%PDF", thumbnail=b"RIFF", notices=(Notice("a", "b"),))
PATH = Path("a")


def test_an_honest_page_is_believed() -> None:
    assert oddity(ASKED, READ) == ""
    assert oddity(ASKED, replace(READ, width=1000, height=1000, words=(WORD,) * MOST_WORDS)) == ""


@pytest.mark.parametrize(
    "lie",
    [
        {"number": 4},
        {"turned": 45},
        {"skew": float("nan")},
        {"width": 0},
        {"width": 10_000_000},
        {"width": -800, "height": -600},
        {"dpi": float("nan")},
        {"confidence": 101.0},
        {"readings": -1},
        {"layer": "text"},
        {"thumbnail": b"<svg"},
        {"thumbnail": b"RIFF" + bytes(MOST_PICTURE_BYTES)},
        {"text": "x" * (MOST_TEXT + 1)},
        {"text": b"bytes"},
        {"barcodes": (b"bytes",)},
        {"notices": (Notice("a", "b"),) * (MOST_NOTICES + 1)},
        {"notices": ("remark",)},
        {"words": (WORD,) * (MOST_WORDS + 1)},
        {"words": ("word",)},
        {"words": (replace(WORD, right=801),)},
        {"words": (replace(WORD, top=30),)},
        {"words": (replace(WORD, left=-1),)},
    ],
)
def test_a_page_that_cannot_be_is_not(lie: dict[str, object]) -> None:
    assert oddity(ASKED, replace(READ, **lie)) != ""  # type: ignore[arg-type]  # lies have wrong types


def test_barcodes_are_text_and_of_the_page_that_was_asked_for() -> None:
    request = ReadBarcodes(ASKED.source, SETTINGS)
    assert oddity(request, BarcodesRead(3, ("ASN1",))) == ""
    assert oddity(request, BarcodesRead(2, ())) != ""
    assert oddity(request, BarcodesRead(3, ("ASN1",) * 10_001)) != ""


@pytest.mark.parametrize(("numbers", "believed"), [([1, 2, 3], True), ([], True), ([1, 2, 3, 4], False), ([2, 1], False), ([1, 1], False)])
def test_pages_of_a_document_come_in_their_order_and_are_not_too_many(numbers: list[int], believed: bool) -> None:
    pages = tuple(PageFacts(number, "", needs_reading=True) for number in numbers)
    answer = DocumentInspected(pages, archivable=True)
    assert (oddity(InspectDocument(PATH, PDF, SETTINGS), answer) == "") is believed


@pytest.mark.parametrize(("number", "believed"), [("RE 17", True), ("two\nlines", False), ("x" * 1_000, False)])
def test_an_invoice_that_cannot_be_is_not_believed(number: str, believed: bool) -> None:
    answer = DocumentInspected((), archivable=True, invoice=Invoice(number))
    assert (oddity(InspectDocument(PATH, PDF, SETTINGS), answer) == "") is believed


@pytest.mark.parametrize(
    ("source", "believed"),
    [
        (PageSource(2, b"%PDF", PDF), True),
        (PageSource(2, b"II*", "image/tiff"), True),
        (PageSource(1, b"%PDF", PDF), False),
        (PageSource(2, b"", PDF), False),
        (PageSource(2, b"MZ", "application/x-msdownload"), False),
    ],
)
def test_a_page_taken_out_is_the_one_that_was_asked_for(source: PageSource, believed: bool) -> None:
    assert (oddity(ExtractPage(PATH, PDF, 2, SETTINGS), source) == "") is believed


def test_a_picture_is_webp_and_an_archive_has_content() -> None:
    assert oddity(RenderPage(PATH, PDF), b"RIFF....WEBP") == ""
    assert oddity(RenderPage(PATH, PDF), b"<html>") != ""
    order = BindDocument(PATH, PDF, PATH, (), "", "", SETTINGS)
    assert oddity(order, DocumentBound(10, pdfa=True)) == ""
    assert oddity(order, DocumentBound(0, pdfa=True)) != ""
