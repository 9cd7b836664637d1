"""The binder does its work in a decoder: one document from inspection to archive, and errors that come back as ours."""

from collections.abc import AsyncIterator
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest

from actors.ocr.binder import Binder, BinderState
from actors.ocr.errors import DocumentUnreadable, WrongPassword
from actors.ocr.messages import (
    BindDocument,
    BoundPage,
    DocumentInspected,
    ExtractPage,
    InspectDocument,
    OcrSettings,
    PageFacts,
    RenderPage,
    UnlockDocument,
    Word,
)
from actors.ocr.reading.layer import UprightPage, make_layer
from tests.ocr import papers

PDF = "application/pdf"
SETTINGS = OcrSettings()


@pytest.fixture
async def binder() -> AsyncIterator[Binder]:
    made = Binder()
    yield made
    await made.close()


async def test_a_scan_goes_from_inspection_to_archive(tmp_path: Path, binder: Binder) -> None:
    scan, layer, target = tmp_path / "scan.pdf", tmp_path / "1.pdf", tmp_path / "archive.pdf"
    scan.write_bytes(papers.scan_pdf("Zebrafink"))
    assert await binder.inspect(InspectDocument(scan, PDF, SETTINGS)) == DocumentInspected(
        (PageFacts(1, "", needs_reading=True),), archivable=True
    )
    source = await binder.extract(ExtractPage(scan, PDF, 1, SETTINGS))
    assert source.data.startswith(b"%PDF")
    layer.write_bytes(make_layer([Word("Zebrafink", 70, 90, 180, 115, 95.0, 1)], UprightPage(826, 1169, 100.0)))
    bound = await binder.bind(BindDocument(scan, PDF, target, (BoundPage(1, layer),), "Vogel", "de", SETTINGS))
    assert (bound.pdfa, bound.notices, bound.size_bytes) == (True, (), target.stat().st_size)
    with pdfium.PdfDocument(target) as pdf:
        assert pdf[0].get_textpage().get_text_range().strip() == "Zebrafink"
    assert (await binder.thumbnail(RenderPage(target, PDF)))[8:12] == b"WEBP"
    assert (await binder.render(RenderPage(target, PDF)))[8:12] == b"WEBP"
    state = binder.state()
    assert state.seconds > 0
    assert state == BinderState(state.sandbox, inspected=1, extracted=1, bound=1, rendered=2, seconds=state.seconds)


async def test_a_file_that_is_gone_costs_no_decoder(tmp_path: Path, binder: Binder) -> None:
    with pytest.raises(DocumentUnreadable, match="not there any more"):
        await binder.inspect(InspectDocument(tmp_path / "gone.pdf", PDF, SETTINGS))
    assert (binder.state().failed, binder.state().killed) == (1, 0)


async def test_a_wrong_password_and_a_broken_file_cost_no_decoder(tmp_path: Path, binder: Binder) -> None:
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(papers.encrypted_pdf("geheim", password="test"))
    with pytest.raises(WrongPassword):
        await binder.unlock(UnlockDocument(locked, "falsch", tmp_path / "open.pdf"))
    await binder.unlock(UnlockDocument(locked, "test", tmp_path / "open.pdf"))
    assert (tmp_path / "open.pdf").stat().st_mode & 0o777 == 0o600
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\n%%EOF\n")
    with pytest.raises(DocumentUnreadable):
        await binder.inspect(InspectDocument(broken, PDF, SETTINGS))
    state = binder.state()
    assert (state.failed, state.killed) == (2, 0)
