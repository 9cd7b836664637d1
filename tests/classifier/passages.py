"""Real text, in passages: each is to be told its source and the kind of that. For figures beside those of made-up letters."""

import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types

from actors.store.nouns.catalog import LabelKind
from tests.classifier.household import Letter, numbered

CORPUS = Path(os.environ.get("SCRIBA_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
FOLDERS = ("accuracy", "born-digital", "invoices")
WORDS = 40
# Fewer passages of a source teach too little, and of the longest ones many more are of no use.
FEWEST, MOST = 4, 60


def passages() -> list[Letter]:
    """Cut the texts of the corpus into passages, source by source; none where there is no corpus."""
    found = list[Letter]()
    for number, (folder, text) in enumerate(texts()):
        words = text.split()
        cut = [" ".join(words[begin : begin + WORDS]) for begin in range(0, len(words) - WORDS // 2, WORDS)][:MOST]
        labels = {
            LabelKind.CORRESPONDENT: (numbered(LabelKind.CORRESPONDENT, number),),
            LabelKind.DOCUMENT_TYPE: (numbered(LabelKind.DOCUMENT_TYPE, FOLDERS.index(folder)),),
            LabelKind.STORAGE_PATH: (),
            LabelKind.TAG: (),
        }
        found += [Letter(passage, labels, labels, number) for passage in cut if len(cut) >= FEWEST]
    return found


def texts() -> Iterator[tuple[str, str]]:
    """Give the texts that the corpus has as text: what pages say, and PDFs' own."""
    for folder in FOLDERS:
        for path in sorted((CORPUS / folder).glob("*.txt")):
            yield folder, path.read_text(encoding="utf-8", errors="replace")
        for path in sorted((CORPUS / folder).glob("*.pdf")):
            with pdfium.PdfDocument(path) as document:
                yield folder, " ".join(page.get_textpage().get_text_range() for page in document)
