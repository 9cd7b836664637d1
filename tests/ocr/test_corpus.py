"""Every real document is looked into and taken apart: its own text is found, and whatever is broken is told in plain words."""

import csv
import os
import re
from dataclasses import dataclass
from pathlib import Path

import magic
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.extraction import extract_page
from actors.ocr.files.inspection import inspect_document
from actors.ocr.messages import ExtractPage, InspectDocument, OcrSettings

CORPUS = Path(os.environ.get("SCRIBA_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
# Looked at in test_corpus_conversions.
LATER = frozenset({"mail", "office"})
SETTINGS = OcrSettings()
# Without a page in them, so that nothing but an error can come of them.
HOPELESS = frozenset(
    {
        "broken/circular-page-tree.pdf",
        "broken/empty.pdf",
        "broken/invalid.pdf",
    }
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One row of the corpus's list."""

    name: str
    pages: int
    expect: str

    @property
    def path(self) -> Path:
        return CORPUS / self.name

    @property
    def mime_type(self) -> str:
        return magic.from_file(str(self.path), mime=True)

    @property
    def phrases(self) -> list[str]:
        return re.findall(r'"([^"]+)"', self.expect) if self.expect.startswith("text") else []


def corpus() -> list[Paper]:
    listing = CORPUS / "MANIFEST.tsv"
    if not listing.exists():
        return []
    with listing.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Paper(row["path"], int(row["pages"] or 0), row["expect"]) for row in rows if row["path"].split("/")[0] not in LATER]


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.skipif(not corpus(), reason="the corpus of real documents is not here")
@pytest.mark.parametrize("paper", corpus(), ids=lambda paper: paper.name)
def test_a_real_document_is_taken_apart(paper: Paper) -> None:
    if paper.name in HOPELESS:
        with pytest.raises(DocumentUnreadable):
            inspect_document(InspectDocument(paper.path, paper.mime_type, SETTINGS))
        return
    inspected = inspect_document(InspectDocument(paper.path, paper.mime_type, SETTINGS))
    assert inspected.encrypted is ("error:encrypted" in paper.expect)
    if inspected.encrypted:
        return
    assert len(inspected.pages) == (paper.pages or len(inspected.pages))
    to_read = [page.number for page in inspected.pages if page.needs_reading]
    if not to_read:
        text = squeezed(" ".join(page.text for page in inspected.pages))
        assert [phrase for phrase in paper.phrases if phrase not in text] == []
    for number in to_read:
        source = extract_page(ExtractPage(paper.path, paper.mime_type, number, SETTINGS))
        if source.media_type == "application/pdf":
            with pdfium.PdfDocument(source.data) as pdf:
                assert len(pdf) == 1


@pytest.mark.skipif(not corpus(), reason="the corpus of real documents is not here")
def test_digital_documents_are_never_read() -> None:
    digital = [paper for paper in corpus() if paper.name.startswith("born-digital/") and "OCR only" not in paper.expect and paper.phrases]
    assert len(digital) >= 10
    for paper in digital:
        inspected = inspect_document(InspectDocument(paper.path, paper.mime_type, SETTINGS))
        assert not any(page.needs_reading for page in inspected.pages), paper.name
