"""Every real mail, web page and office file becomes a PDF that says what it says."""

from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest

from actors.intake.mime import HEAD_BYTES, ContentDetector
from actors.ocr.converting.converting import convert_document
from actors.ocr.converting.office import find_library, places
from actors.ocr.messages import ConvertDocument, OcrSettings
from actors.ocr.mime_types import MADE_INTO_PDF, FileKind, kind_of_type
from tests.corpus.manifest import MISSING, Paper, papers

PAPERS = [paper for paper in papers() if paper.name.startswith(("mail/", "office/"))]


def squeezed(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("-\r\n", "- ").split())


@pytest.mark.skipif(not PAPERS, reason=MISSING)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_real_file_says_as_a_pdf_what_it_says(tmp_path: Path, paper: Paper) -> None:
    path, target = paper.path, tmp_path / "made.pdf"
    with path.open("rb") as file:
        mime_type = ContentDetector().detect(file.read(HEAD_BYTES), path.name)
    kind = kind_of_type(mime_type)
    if paper.name.startswith("mail/"):
        assert kind is FileKind.MAIL
    if kind not in MADE_INTO_PDF:
        assert kind is FileKind.TEXT
        return
    if kind is FileKind.OFFICE and find_library(places()) is None:
        pytest.skip("LibreOffice is not installed")
    convert_document(ConvertDocument(path, mime_type, target, OcrSettings()))
    with pdfium.PdfDocument(target) as pdf:
        said = squeezed(" ".join(page.get_textpage().get_text_range() for page in pdf))
    assert [phrase for phrase in paper.phrases if squeezed(phrase) not in said] == []
