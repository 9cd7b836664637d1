"""E-invoices: their XML, the values in it, and the pages that are drawn of them."""

from functools import cache
from xml.sax.saxutils import escape

from actors.invoices.composing import compose
from actors.invoices.contents import Contents
from actors.invoices.errors import InvoiceError
from actors.invoices.facts import invoice_oddity
from actors.invoices.reading import read_invoice
from actors.invoices.rows import Cell, Row
from actors.invoices.sheets import Desk
from actors.invoices.wording import wording_of
from actors.ocr.decoders.frames import HEADER, Answer, decode, encode
from actors.ocr.files.text_layer import clean_text
from actors.ocr.messages import DocumentInspected
from tests.fuzz.target import Target, split, text
from tests.invoices import bills


def fuzz_invoice(data: bytes) -> None:
    """Any bytes are an invoice whose facts are believed, come through a frame and can be written out, or none, for a reason."""
    try:
        contents = read_invoice(data)
    except InvoiceError as error:
        assert error.reason.strip() == error.reason != ""
        assert "\n" not in error.reason
        return
    is_sound(contents)


def fuzz_invoice_values(data: bytes) -> None:
    """Whatever stands in an invoice's elements, it is read, and what is wrong is left out."""
    number, day, amount, name, unit = (escape(text(part)) for part in split(data, 5))
    xml = bills.universal().decode()
    for honest, other in (
        ("RE-2024/17", number),
        ("2024-02-29", day),
        ("29.75", amount),
        ("Blumentopf", name),
        ("H87", unit.replace('"', "")),
    ):
        xml = xml.replace(honest, other)
    fuzz_invoice(xml.encode("utf-8", "replace"))


def is_sound(contents: Contents) -> None:
    """Check what is promised of every invoice."""
    assert invoice_oddity(contents.facts) == ""
    inspected = Answer(DocumentInspected((), archivable=True, invoice=contents.facts))
    assert decode(encode(inspected)[HEADER.size :]) == inspected
    for row in compose(contents, wording_of(contents)):
        assert row.text.encode()
    for flaw in contents.flaws:
        assert "\n" not in flaw


def fuzz_sheet(data: bytes) -> None:
    """Any text is set in columns, on as many pages as it needs, and can be searched for there."""
    first, second, third = (clean_text(text(part)) for part in split(data, 3))
    pages = desk()
    if pages.page_count > MOST_PAGES:
        desk.cache_clear()
    before = pages.page_count
    pages.put(Row((Cell(first, 0.5), Cell(second, 0.4, right=True), Cell(third, 0.1))))
    assert before <= pages.page_count <= before + len(data) // 10 + 1
    letters = "".join(pages.texts[before - 1 :])
    assert all(letter in letters for letter in first + second + third if not letter.isspace() and letter != SOFT_HYPHEN)


@cache
def desk() -> Desk:
    """Begin pages that all examples go on, since a typeface takes its time to load."""
    return Desk("Title", "en")


MOST_PAGES = 200
SOFT_HYPHEN = "\u00ad"  # stands for nothing, unless a line ends there
SYNTAXES = (bills.cross_industry(), bills.zugferd_1(), bills.zugferd_0(), bills.universal(), bills.universal(credit=True))
TARGETS = (
    Target(
        fuzz_invoice,
        (
            *SYNTAXES,
            bills.cross_industry().decode().replace("UTF-8", "utf-16").encode("utf-16"),
            b'<!DOCTYPE Invoice [<!ENTITY a "b">]><Invoice>&a;</Invoice>',
            b'<?xml version="1.0" encoding="utf-7"?><a/>',
            f'<Invoice xmlns="{bills.UBL}:Invoice-2"><ID>7</ID></Invoice>'.encode(),
        ),
    ),
    Target(
        fuzz_invoice_values,
        (b"RE 17\xff2024-02-29\xff29.75\xffname\xffHUR", b"\xff20240229T10:00:00Z\xff-.5\xff\xff", "\u202e\xff9999-99-99\xff1e9".encode()),
    ),
    Target(fuzz_sheet, (b"left\xffmiddle\xffright", b"word " * 60, b"x" * 300 + b"\xff" + b"y" * 200, "発票\xad🧾{nb}\n\n\ta".encode())),
)
