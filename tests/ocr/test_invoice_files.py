"""E-invoices are found as files and inside PDFs; whatever is wrong with one, its document is taken all the same."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest

from actors.invoices.facts import Invoice
from actors.invoices.reading import read_invoice
from actors.invoices.sheets import draw_invoice
from actors.ocr.binder import Binder
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.inspection import inspect_document
from actors.ocr.messages import BindDocument, DocumentInspected, ExtractPage, InspectDocument, Notice, OcrSettings, PageFacts, RenderPage
from tests.invoices import bills
from tests.ocr import papers

PDF, XML = "application/pdf", "text/xml"
SETTINGS = OcrSettings()
FACTS = read_invoice(bills.cross_industry()).facts
OTHER_XML = b'<?xml version="1.0"?>\n<letter>Dear Sir</letter>'
CUT = bills.cross_industry()[:900].rstrip()


def inspect(folder: Path, data: bytes, mime_type: str, settings: OcrSettings = SETTINGS) -> DocumentInspected:
    path = folder / "document"
    path.write_bytes(data)
    return inspect_document(InspectDocument(path, mime_type, settings))


def with_files(*files: tuple[str, bytes]) -> bytes:
    """Write a PDF with some files in it."""
    made = BytesIO()
    with pikepdf.open(BytesIO(papers.digital_pdf("Rechnung"))) as pdf:
        for at, (name, data) in enumerate(files):
            pdf.attachments[f"{at}"] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
        pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize("mime_type", [XML, "application/xml"])
@pytest.mark.parametrize("xml", [bills.cross_industry(), bills.zugferd_1(), bills.universal(), bills.universal(credit=True)])
def test_an_invoice_alone_says_what_its_readable_version_says(tmp_path: Path, xml: bytes, mime_type: str) -> None:
    contents = read_invoice(xml)
    (text,) = draw_invoice(contents).texts
    page = PageFacts(1, text.replace("\u00a0", " "), needs_reading=False)
    assert inspect(tmp_path, xml, mime_type) == DocumentInspected((page,), archivable=True, invoice=contents.facts)


@pytest.mark.parametrize("xml", [OTHER_XML, b"<html><!DOCTYPE", b"no XML at all"])
def test_other_xml_is_text(tmp_path: Path, xml: bytes) -> None:
    page = PageFacts(1, xml.decode(), needs_reading=False)
    assert inspect(tmp_path, xml, XML) == DocumentInspected((page,), archivable=False)


@pytest.mark.parametrize(
    ("xml", "reason"),
    [(CUT, "it is damaged: "), (b'<!DOCTYPE Invoice [<!ENTITY a "b">]><Invoice>&a;</Invoice>', "it has a document type definition")],
)
def test_an_invoice_that_cannot_be_read_is_text_with_a_warning(tmp_path: Path, xml: bytes, reason: str) -> None:
    inspected = inspect(tmp_path, xml, XML)
    assert (inspected.pages[0].text, inspected.archivable, inspected.invoice) == (xml.decode(), False, None)
    (notice,) = inspected.notices
    assert notice.code == "INVOICE_UNREADABLE"
    assert notice.message.startswith(f"The file is an e-invoice that can't be used: {reason}")


def test_a_faulty_invoice_is_read_without_its_mistakes(tmp_path: Path) -> None:
    inspected = inspect(tmp_path, bills.cross_industry(total="29,75"), XML)
    assert inspected.invoice is not None
    assert inspected.invoice.total is None
    assert inspected.notices == (
        Notice("INVOICE_FAULTY", "The file is an e-invoice with mistakes, which were left out: GrandTotalAmount “29,75” is no number."),
    )


def test_of_many_mistakes_some_are_told(tmp_path: Path) -> None:
    xml = bills.cross_industry(positions=9).decode()
    for at in range(9):
        xml = xml.replace("<ram:ChargeAmount>12.5000", f"<ram:ChargeAmount>{at},", 1)
    (notice,) = inspect(tmp_path, xml.encode(), XML).notices
    assert notice.message.endswith("ChargeAmount “4,” is no number; and 4 more.")


def test_an_invoice_has_no_more_pages_than_are_allowed(tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable, match="2 pages, and 1 are allowed"):
        inspect(tmp_path, bills.cross_industry(positions=20), XML, OcrSettings(max_pages=1))


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "zugferd-invoice.xml", "xrechnung.xml", "cii.xml", "RE-17.XML"])
@pytest.mark.parametrize("listed", [True, False])
def test_an_invoice_inside_a_pdf_is_found(tmp_path: Path, name: str, listed: bool) -> None:
    inspected = inspect(tmp_path, bills.attached(bills.cross_industry(), name=name, listed=listed), PDF)
    page = PageFacts(1, "Rechnung", needs_reading=False)
    assert inspected == DocumentInspected((page,), archivable=False, invoice=FACTS)


def test_an_invoice_that_is_not_xml_by_its_name_is_none(tmp_path: Path) -> None:
    assert inspect(tmp_path, bills.attached(bills.cross_industry(), name="factur-x.txt"), PDF).invoice is None


def test_a_signed_pdf_has_its_invoice(tmp_path: Path) -> None:
    inspected = inspect(tmp_path, papers.signed_pdf(bills.attached(bills.universal())), PDF)
    assert (inspected.signed, inspected.invoice) == (True, FACTS)


@pytest.mark.parametrize(
    ("files", "invoice", "message"),
    [
        ([("a.xml", OTHER_XML), ("b.xml", bills.cross_industry())], FACTS, ""),
        ([("b.xml", bills.cross_industry(number="other")), ("factur-x.xml", bills.cross_industry())], FACTS, ""),
        ([("factur-x.xml", CUT), ("b.xml", bills.cross_industry())], FACTS, ""),
        ([("a.xml", OTHER_XML), ("a.bin", bills.cross_industry())], None, ""),
        ([("factur-x.xml", OTHER_XML)], None, "(factur-x.xml) that can't be used: it begins with letter, which is no e-invoice."),
        ([("factur-x.xml", b"")], None, "(factur-x.xml) that can't be used: it is damaged: no element found: line 1, column 0."),
        ([("a.xml", CUT)], None, "(a.xml) that can't be used: it is damaged: "),
        ([("a\0\x1b[2J\u202e.xml", CUT)], None, "(a[2J.xml) that can't be used: it is damaged: "),
        ([("factur-x.xml", bills.cross_industry() + b" " * 20_000_000)], None, "it has more than 20 MB."),
    ],
)
def test_whatever_a_pdf_holds_it_is_read(tmp_path: Path, files: list[tuple[str, bytes]], invoice: Invoice | None, message: str) -> None:
    inspected = inspect(tmp_path, with_files(*files), PDF)
    assert ([page.text for page in inspected.pages], inspected.invoice) == (["Rechnung"], invoice)
    assert [notice.code for notice in inspected.notices] == (["INVOICE_UNREADABLE"] if message else [])
    assert all(message in notice.message for notice in inspected.notices)


@pytest.mark.parametrize("break_it", [0, 1, 2, 3, 4])
def test_a_list_of_files_that_is_none_does_no_harm(tmp_path: Path, break_it: int) -> None:
    made = BytesIO()
    with pikepdf.open(BytesIO(bills.attached(bills.cross_industry()))) as pdf:
        tree = pdf.Root.Names.EmbeddedFiles
        match break_it:
            case 0:
                pdf.Root.AF, pdf.Root.Names = pikepdf.Name.None_, pikepdf.Array([])
            case 1:
                pdf.Root.AF, tree.Names = pikepdf.Array([1, pikepdf.Array([])]), pikepdf.Array([pikepdf.String("a"), 7])
            case 2:
                pdf.Root.AF[0].EF = pikepdf.Dictionary(F=pikepdf.String("no stream"))
            case 3:
                pdf.Root.AF[0].EF.F = pdf.Root.AF[0].EF.UF = pdf.make_stream(b"not packed", Filter=pikepdf.Name.FlateDecode)
            case 4:
                del pdf.Root.AF
                loop = pdf.make_indirect(pikepdf.Dictionary())
                loop.Kids = pikepdf.Array([loop, loop])
                pdf.Root.Names.EmbeddedFiles = loop
        pdf.save(made, compress_streams=False)
    inspected = inspect(tmp_path, made.getvalue(), PDF)
    assert ([page.text for page in inspected.pages], inspected.invoice) == (["Rechnung"], None)


@pytest.fixture
async def binder() -> AsyncIterator[Binder]:
    made = Binder()
    yield made
    await made.close()


async def test_an_invoice_goes_from_inspection_to_archive_in_a_decoder(tmp_path: Path, binder: Binder) -> None:
    path, target = tmp_path / "invoice.xml", tmp_path / "archive.pdf"
    xml = bills.cross_industry(positions=20)
    path.write_bytes(xml)
    inspected = await binder.inspect(InspectDocument(path, XML, SETTINGS))
    assert (inspected.invoice, len(inspected.pages)) == (FACTS, 2)
    bound = await binder.bind(BindDocument(path, XML, target, (), "Töpfe", "de", SETTINGS))
    assert (bound.pdfa, bound.notices, bound.size_bytes) == (True, (), target.stat().st_size)
    with pdfium.PdfDocument(target) as pdf:
        assert [len(pdf), "Töpferei Krug & Söhne" in pdf[0].get_textpage().get_text_range()] == [2, True]
    assert (await binder.thumbnail(RenderPage(path, XML)))[8:12] == b"WEBP"
    assert (await binder.render(RenderPage(path, XML, number=2)))[8:12] == b"WEBP"
    with pytest.raises(DocumentUnreadable, match="no page 3"):
        await binder.render(RenderPage(path, XML, number=3))
    with pytest.raises(DocumentUnreadable, match="says itself what it says"):
        await binder.extract(ExtractPage(path, XML, 1, SETTINGS))
    assert (path.read_bytes(), binder.state().killed) == (xml, 0)


async def test_what_is_inside_a_pdf_comes_out_of_the_decoder(tmp_path: Path, binder: Binder) -> None:
    path = tmp_path / "invoice.pdf"
    path.write_bytes(bills.attached(bills.universal()))
    assert (await binder.inspect(InspectDocument(path, PDF, SETTINGS))).invoice == FACTS
