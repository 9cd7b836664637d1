"""The words of office files, taken by light libraries where no office program is there to show their pages."""

import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from xml.parsers.expat import ExpatError
from xml.sax import SAXException

from lxml.etree import LxmlError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from striprtf.striprtf import rtf_to_text

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.zips import LIMITS, ZipLimits, check_zip
from actors.ocr.mime_types import OFFICE_SUFFIXES

MOST_CHARACTERS = 20_000_000
PAGE = "\f"
_OLD = frozenset({".doc", ".xls", ".ppt"})
# All that these libraries raise of files that are not as they should be.
_MALFORMED = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, LookupError, OSError, EOFError, RecursionError, NotImplementedError,
    struct.error, zipfile.BadZipFile, LxmlError, ExpatError, SAXException, InvalidFileException,
)  # fmt: skip


class NoWords(DocumentUnreadable):
    """A format of which no light library takes the words."""


def read_office(path: Path, mime_type: str, limits: ZipLimits = LIMITS) -> str:
    """Give the words of an office file; a form feed stands between sheets and between slides.

    Raises NoWords of the formats before 2007, DocumentUnreadable of a file that is damaged, locked or too large.
    """
    suffix = OFFICE_SUFFIXES[mime_type]
    if suffix in _OLD:
        raise NoWords("Its format is one of those before 2007, whose words an office program alone can read.")
    if suffix != ".rtf":
        check_zip(path, limits)
    try:
        return _up_to(MOST_CHARACTERS, _READERS[suffix](path))
    except _MALFORMED as error:
        raise DocumentUnreadable("The file is damaged: its words can't be read.") from error


def _up_to(most: int, pieces: Iterable[str]) -> str:
    kept, left = list[str](), most
    for piece in pieces:
        kept.append(piece[:left])
        left -= len(piece)
        if left <= 0:
            break
    return "".join(kept)


def _of_docx(path: Path) -> Iterator[str]:
    # Imported here, as by the next two: together they take 13 MB, and mails, which come here too, need none of them.
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(str(path))
    edges = [part._element for section in document.sections for part in (section.header, section.footer) if not part.is_linked_to_previous]  # noqa: SLF001  # the library shows no other way to all text of a header
    for root in (document.element.body, *edges):
        for paragraph in root.iter(qn("w:p")):
            yield "".join(node.text or "" for node in paragraph.iter(qn("w:t"))) + "\n"


def _of_xlsx(path: Path) -> Iterator[str]:
    with path.open("rb") as file:  # a name without an ending would be refused
        for number, sheet in enumerate(load_workbook(file, read_only=True, data_only=True).worksheets):
            sheet.reset_dimensions()  # those that the file tells may be a lie
            yield f"{PAGE if number else ''}{sheet.title}\n"
            for row in sheet.iter_rows(values_only=True):
                yield "\t".join("" if value is None else str(value) for value in row).rstrip() + "\n"


def _of_pptx(path: Path) -> Iterator[str]:
    from pptx import Presentation

    for number, slide in enumerate(Presentation(str(path)).slides):
        yield PAGE if number else ""
        yield from (f"{node.text or ''}\n" for node in slide.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            yield f"{slide.notes_slide.notes_text_frame.text}\n"


def _of_open_document(path: Path) -> Iterator[str]:
    from odf import teletype  # type: ignore[import-untyped]  # odfpy ships no types
    from odf.namespaces import TEXTNS  # type: ignore[import-untyped]  # likewise
    from odf.opendocument import load  # type: ignore[import-untyped]  # likewise

    words = {(TEXTNS, "h"), (TEXTNS, "p")}

    def walk(element: object) -> Iterator[str]:
        for child in getattr(element, "childNodes", ()):
            qname = getattr(child, "qname", None)
            if qname in words:
                yield teletype.extractText(child) + "\n"
            else:
                yield from walk(child)

    yield from walk(load(str(path)).body)


def _of_rtf(path: Path) -> Iterator[str]:
    words: str = rtf_to_text(path.read_bytes()[:MOST_CHARACTERS].decode("latin-1"), errors="ignore")  # type: ignore[no-untyped-call]  # striprtf has no types
    yield words


_READERS: Mapping[str, Callable[[Path], Iterator[str]]] = {
    ".docx": _of_docx, ".docm": _of_docx, ".dotx": _of_docx,
    ".xlsx": _of_xlsx, ".xlsm": _of_xlsx,
    ".pptx": _of_pptx, ".pptm": _of_pptx, ".ppsx": _of_pptx,
    ".odt": _of_open_document, ".ods": _of_open_document, ".odp": _of_open_document,
    ".rtf": _of_rtf,
}  # fmt: skip
