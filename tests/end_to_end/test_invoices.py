"""An e-invoice is read by people and machines alike, whether it came alone or inside a PDF."""

from io import BytesIO

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
from PIL import Image

from scriba.v1.documents_pb2 import DocumentState, FileKind
from tests.end_to_end.person import Person
from tests.invoices import bills


def test_a_dropped_xml_invoice_is_found_by_seller_and_number_and_can_be_read(person: Person) -> None:
    xml = bills.cross_industry(number="TK-80315/24")
    person.drop("invoice.xml", xml)
    document = person.wait_for_file("invoice.xml")
    assert (document.state, document.mime_type, document.page_count) == (DocumentState.DOCUMENT_STATE_READY, "text/xml", 1)
    assert (document.language, list(document.warnings)) == ("de", [])
    for query in ('"Töpferei Krug"', "TK-80315/24", '"29,75 EUR"', "Blumentopf TK-80315"):
        assert document.id in person.finds(query), query
    assert person.take(document.id) == xml
    archive = person.take(document.id, FileKind.FILE_KIND_ARCHIVE)
    with pdfium.PdfDocument(archive) as pdf:
        assert "Töpferei Krug & Söhne" in pdf[0].get_textpage().get_text_range()
    with pikepdf.open(BytesIO(archive)) as structure, structure.open_metadata() as metadata:
        assert metadata.pdfa_status != ""
    with Image.open(BytesIO(person.take(document.id, FileKind.FILE_KIND_THUMBNAIL))) as thumbnail:
        assert thumbnail.convert("L").getextrema()[0] < 200  # type: ignore[operator]  # it is one band
    assert person.text(document.id).startswith("Rechnung TK-80315/24\n")


def test_a_pdf_with_a_broken_invoice_is_read_and_says_so(person: Person) -> None:
    document = person.put("broken.pdf", bills.attached(bills.universal()[:2_000], page="Rechnung Quittenbaum"))
    assert document.state == DocumentState.DOCUMENT_STATE_READY
    assert [warning.code for warning in document.warnings] == ["INVOICE_UNREADABLE"]
    assert document.id in person.finds("Quittenbaum")


def test_a_hostile_invoice_is_stored_as_text(person: Person) -> None:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 30))
    document = person.put(
        "laughs.xml", f'<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY l0 "Quittenmus">{laughs}]><Invoice>&l29;</Invoice>'.encode()
    )
    assert document.state == DocumentState.DOCUMENT_STATE_READY
    assert [warning.code for warning in document.warnings] == ["INVOICE_UNREADABLE"]
    assert document.id in person.finds("Quittenmus")
