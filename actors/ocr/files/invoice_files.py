"""E-invoices as files and inside PDFs: what they hold, and what a person should know of those that are not in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pikepdf

from actors.invoices.contents import Contents
from actors.invoices.errors import InvoiceUnreadable, NotAnInvoice
from actors.invoices.facts import Invoice
from actors.invoices.parsing import BOUNDS
from actors.invoices.reading import read_invoice
from actors.invoices.rows import Sheets
from actors.invoices.values import one_line
from actors.ocr.files.attachments import embedded_files
from actors.ocr.files.pdf_files import MALFORMED
from actors.ocr.messages import Notice

# The names that Factur-X, ZUGFeRD and XRechnung give the invoice inside a PDF. Others end in .xml at least, if they are invoices.
NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "cii.xml"})
SUFFIX = ".xml"
MOST_TRIED = 10  # each may be unpacked to hundreds of megabytes
MOST_FLAWS = 5  # are told; who has more to mend finds the others then


@dataclass(frozen=True, slots=True)
class FoundInvoice:
    """What was found: an invoice, or a reason why there is none that can be used, or nothing at all."""

    contents: Contents | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def facts(self) -> Invoice | None:
        """Give what the archive files by."""
        return self.contents.facts if self.contents else None


NOTHING = FoundInvoice()


def invoice_in_file(path: Path) -> FoundInvoice:
    """Look for an invoice in an XML file."""
    return _found(_beginning(path), "The file is an e-invoice", expected=False)


def invoice_in_pdf(pdf: pikepdf.Pdf) -> FoundInvoice:
    """Look for an invoice among the files in a PDF, first under the names that it should have."""
    failed: tuple[Notice, ...] = ()
    for name, stream in sorted(_xml_files(pdf), key=lambda file: file[0].lower() not in NAMES)[:MOST_TRIED]:
        found = _found(_bytes_of(stream), f"The PDF holds an e-invoice ({one_line(name)[:60]})", expected=name.lower() in NAMES)
        if found.contents is not None:
            return found
        failed = failed or found.notices
    return FoundInvoice(notices=failed)


def sheets_of(path: Path) -> Sheets:
    """Draw the invoice in an XML file; it must hold one."""
    return _sheets(_beginning(path))


@lru_cache(maxsize=1)
def _sheets(data: bytes) -> Sheets:
    """Draw once what is asked for several times: its pages, its archive version, its thumbnail."""
    # Imported here: fpdf2 takes 23 MB, which only a decoder that has seen such a file should pay.
    from actors.invoices.sheets import draw_invoice

    return draw_invoice(read_invoice(data))


def _found(data: bytes, opening: str, *, expected: bool) -> FoundInvoice:
    """Read an invoice. What is none is worth a word where one was `expected`."""
    try:
        contents = read_invoice(data)
    except NotAnInvoice as error:
        return _unusable(opening, error.reason) if expected else NOTHING
    except InvoiceUnreadable as error:
        return _unusable(opening, error.reason)
    return FoundInvoice(contents, tuple(_flaws(opening, contents)))


def _unusable(opening: str, reason: str) -> FoundInvoice:
    return FoundInvoice(notices=(Notice("INVOICE_UNREADABLE", f"{opening} that can't be used: it {reason}."),))


def _flaws(opening: str, contents: Contents) -> Iterator[Notice]:
    flaws = contents.flaws
    if flaws:
        more = f"; and {len(flaws) - MOST_FLAWS} more" if len(flaws) > MOST_FLAWS else ""
        told = "; ".join(flaws[:MOST_FLAWS])
        yield Notice("INVOICE_FAULTY", f"{opening} with mistakes, which were left out: {told}{more}.")


def _xml_files(pdf: pikepdf.Pdf) -> list[tuple[str, pikepdf.Stream]]:
    try:
        return [(name, stream) for name, stream in embedded_files(pdf) if name.lower().endswith(SUFFIX)]
    except MALFORMED:
        return []


def _bytes_of(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except MALFORMED:
        return b""


def _beginning(path: Path) -> bytes:
    """Read as much as an invoice may have, and a byte by which more is known."""
    with path.open("rb") as file:
        return file.read(BOUNDS.size + 1)
