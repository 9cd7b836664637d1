"""Office files as programs write them, made here."""

from collections.abc import Callable, Mapping
from pathlib import Path

from docx import Document
from odf.opendocument import OpenDocumentPresentation, OpenDocumentSpreadsheet, OpenDocumentText  # type: ignore[import-untyped]  # no types
from odf.table import Table, TableCell, TableRow  # type: ignore[import-untyped]  # likewise
from odf.text import P  # type: ignore[import-untyped]  # likewise
from openpyxl import Workbook
from pptx import Presentation

_OOXML, _OPEN = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
DOCX, XLSX, PPTX = f"{_OOXML}wordprocessingml.document", f"{_OOXML}spreadsheetml.sheet", f"{_OOXML}presentationml.presentation"
ODT, ODS, ODP = f"{_OPEN}text", f"{_OPEN}spreadsheet", f"{_OPEN}presentation"
RTF = "text/rtf"


def docx(path: Path, word: str) -> None:
    """Write a word in a paragraph, and others in a table and in the head of the pages."""
    document = Document()
    document.add_paragraph(word)
    document.add_table(1, 1).cell(0, 0).text = f"{word} in a cell"
    document.sections[0].header.paragraphs[0].text = f"{word} above"
    document.save(str(path))


def xlsx(path: Path, word: str) -> None:
    """Write a word and a number on each of two sheets."""
    book = Workbook()
    book.active.append([word, 7])  # type: ignore[union-attr]  # a new book has a sheet
    book.create_sheet("Second").append([f"{word} again"])
    book.save(path)


def pptx(path: Path, word: str) -> None:
    """Write a word as a slide's title, and others in its notes."""
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text_frame.text = word
    slide.notes_slide.notes_text_frame.text = f"{word} noted"
    show.save(str(path))


def odt(path: Path, word: str) -> None:
    """Write a word in a paragraph."""
    document = OpenDocumentText()
    document.text.addElement(P(text=word))
    document.save(str(path))


def ods(path: Path, word: str) -> None:
    """Write a word in a cell."""
    document, table, row, cell = OpenDocumentSpreadsheet(), Table(name="Sheet"), TableRow(), TableCell(valuetype="string")
    cell.addElement(P(text=word))
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(path))


def odp(path: Path, word: str) -> None:
    """Write a word on a slide."""
    from odf.draw import Frame, Page, TextBox  # type: ignore[import-untyped]  # no types
    from odf.style import MasterPage, PageLayout  # type: ignore[import-untyped]  # likewise

    document, box = OpenDocumentPresentation(), TextBox()
    document.automaticstyles.addElement(PageLayout(name="layout"))
    document.masterstyles.addElement(master := MasterPage(name="master", pagelayoutname="layout"))
    page, frame = Page(masterpagename=master), Frame(width="10cm", height="5cm", x="1cm", y="1cm")
    box.addElement(P(text=word))
    frame.addElement(box)
    page.addElement(frame)
    document.presentation.addElement(page)
    document.save(str(path))


def rtf(path: Path, word: str) -> None:
    """Write a word, and a letter by its number in Windows-1252."""
    path.write_bytes(rb"{\rtf1\ansi\ansicpg1252 " + word.encode() + rb" M\'fcller\par}")


MAKERS: Mapping[str, Callable[[Path, str], None]] = {DOCX: docx, XLSX: xlsx, PPTX: pptx, ODT: odt, ODS: ods, ODP: odp, RTF: rtf}
