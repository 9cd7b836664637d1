"""The page reader as the pipeline uses it: real pages through a real decoder."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest
import pytest_asyncio
import zxingcpp
from PIL import Image

from actors.ocr.errors import DocumentUnreadable, OcrError, PageUnreadable
from actors.ocr.messages import BarcodesRead, EngineName, OcrSettings, PageRead, PageSource, ReadBarcodes, ReadPage
from actors.ocr.page_reader import PageReader
from tests.ocr.paper import LINES, barcode, image_page, leaning, pdf_page, printed, turned

SETTINGS = OcrSettings(languages=("eng",))
WORDS = " ".join(LINES).split()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader() -> AsyncIterator[PageReader]:
    made = PageReader()
    yield made
    await made.close()


pytestmark = pytest.mark.asyncio(loop_scope="module")


def layer_text(read: PageRead) -> str:
    return str(pdfium.PdfDocument(read.layer)[0].get_textpage().get_text_range())


@pytest.mark.parametrize("engine", list(EngineName))
async def test_a_scan_is_read_once_into_text_words_and_layer(reader: PageReader, engine: EngineName) -> None:
    read = await reader.read(ReadPage(pdf_page(printed(), number=3), replace(SETTINGS, engine=engine)))
    assert (read.number, read.readings, read.turned, read.skew) == (3, 1, 0, 0.0)
    assert read.text.split() == WORDS
    assert layer_text(read).split() == WORDS
    assert (read.width, read.height, round(read.dpi)) == (1400, 900, 200)
    assert read.thumbnail == b""


@pytest.mark.parametrize("clockwise", [90, 180, 270])
async def test_a_turned_page_is_read_and_its_words_stand_on_the_upright_page(reader: PageReader, clockwise: int) -> None:
    upright = await reader.read(ReadPage(image_page(printed()), SETTINGS))
    read = await reader.read(ReadPage(image_page(turned(printed(), clockwise)), SETTINGS))
    assert (read.turned, read.text) == (360 - clockwise, upright.text)
    assert (read.width, read.height) == (1400, 900)
    for word, same in zip(read.words, upright.words, strict=True):
        assert (word.left, word.top, word.right, word.bottom) == pytest.approx((same.left, same.top, same.right, same.bottom), abs=4)


@pytest.mark.parametrize("clockwise", [-4, 12])
async def test_a_leaning_page_is_read_as_well_as_a_straight_one(reader: PageReader, clockwise: int) -> None:
    read = await reader.read(ReadPage(image_page(leaning(printed(), clockwise)), SETTINGS))
    assert read.skew == pytest.approx(-clockwise, abs=0.3)
    assert read.text.split() == WORDS
    assert set(WORDS) <= set(layer_text(read).split())


async def test_a_page_turned_and_leaning_is_read(reader: PageReader) -> None:
    read = await reader.read(ReadPage(image_page(leaning(turned(printed(), 90), 3)), SETTINGS))
    assert (read.turned, read.text.split()) == (270, WORDS)


async def test_a_blank_page_costs_no_reading(reader: PageReader) -> None:
    read = await reader.read(ReadPage(image_page(Image.new("L", (1400, 900), 255)), SETTINGS))
    assert (read.readings, read.text, read.words, read.confidence) == (0, "", (), 0.0)


async def test_a_replacing_layer_and_a_thumbnail_come_in_colours_when_asked_for(reader: PageReader) -> None:
    sheet = Image.merge("RGB", (printed(ink=0), printed(ink=200), printed(ink=200)))
    read = await reader.read(ReadPage(image_page(sheet), SETTINGS, thumbnail=True, replace_page=True))
    drawn = pdfium.PdfDocument(read.layer)[0].render(scale=1).to_pil()
    assert drawn.convert("HSV").getextrema()[1][1] > 100
    assert read.thumbnail.startswith(b"RIFF")
    assert layer_text(read).split() == WORDS


async def test_barcodes_are_read_only_when_asked_for(reader: PageReader) -> None:
    sheet = printed()
    sheet.paste(barcode("ASN00007", zxingcpp.BarcodeFormat.QRCode, (220, 220)), (1100, 640))
    assert (await reader.read(ReadPage(image_page(sheet), SETTINGS, barcodes=True))).barcodes == ("ASN00007",)
    assert (await reader.read(ReadPage(image_page(sheet), SETTINGS))).barcodes == ()


@pytest.mark.parametrize("page", [image_page, pdf_page])
async def test_barcodes_are_read_alone_and_as_fine_as_asked(reader: PageReader, page: Callable[..., PageSource]) -> None:
    sheet = printed()
    sheet.paste(barcode("ASN00007", zxingcpp.BarcodeFormat.QRCode, (220, 220)), (1100, 640))
    source = page(sheet, number=3)
    for settings in (SETTINGS, replace(SETTINGS, barcode_dpi=600), replace(SETTINGS, barcode_upscale=1.5)):
        assert await reader.barcodes(ReadBarcodes(source, settings)) == BarcodesRead(3, ("ASN00007",))
        assert (await reader.read(ReadPage(source, settings, barcodes=True))).barcodes == ("ASN00007",)


async def test_a_missing_language_is_a_notice_and_no_language_an_error(reader: PageReader) -> None:
    read = await reader.read(ReadPage(image_page(printed(), number=2), replace(SETTINGS, languages=("eng", "tlh"))))
    assert [(notice.code, notice.page) for notice in read.notices] == [("language-missing", 2)]
    with pytest.raises(DocumentUnreadable, match="tesseract-ocr-tlh"):
        await reader.read(ReadPage(image_page(printed()), replace(SETTINGS, languages=("tlh",))))


async def test_a_broken_page_is_an_error_and_the_next_page_is_read(reader: PageReader) -> None:
    with pytest.raises(PageUnreadable):
        await reader.read(ReadPage(PageSource(1, b"%PDF-1.7 broken", "application/pdf"), SETTINGS))
    assert (await reader.read(ReadPage(image_page(printed(["fine"])), SETTINGS))).text == "fine"


async def test_a_cut_off_photograph_is_read_with_a_warning(reader: PageReader) -> None:
    data = image_page(printed(), kind="JPEG").data
    read = await reader.read(ReadPage(PageSource(1, data[: len(data) * 2 // 3], "image/jpeg"), SETTINGS))
    assert [notice.code for notice in read.notices] == ["image-damaged"]
    assert re.match(r"The archive keeps every letter", read.text)


async def test_a_page_past_its_seconds_fails_alone_and_the_state_says_so() -> None:
    reader = PageReader()
    try:
        await reader.read(ReadPage(image_page(printed(["warm"])), SETTINGS))
        with pytest.raises(OcrError, match=r"longer|time"):
            await reader.read(ReadPage(image_page(printed(LINES * 3, (1400, 2000))), replace(SETTINGS, page_seconds=0.05)))
        assert (await reader.read(ReadPage(image_page(printed(["again"])), SETTINGS))).text == "again"
        state = reader.state()
        assert (state.pages, state.failed, state.readings >= 2, state.seconds > 0) == (2, 1, True, True)
    finally:
        await reader.close()
