"""The invisible text of a layer is found by a PDF reader, in every script, where the words stand."""

import io
import math
import re

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest
from PIL import Image

from actors.ocr.messages import Word
from actors.ocr.reading.blank_font import codes, rare_letters
from actors.ocr.reading.layer import UprightPage, is_bilevel, make_layer, runs_backwards
from tests.ocr.paper import printed

PAGE = UprightPage(1240, 1754, 150.0)
TEXTS = ("Grüße aus Köln", "naïve café Łódź", "Ελληνικά Русский", "中文 検索 한국어", "مرحبا بالعالم", "שלום עולם", "𝔘nicode 𠜎")


def words(text: str, line: int = 0, top: int = 300) -> list[Word]:
    """Set words side by side, from the right where they are written so."""
    made, left, right = [], 200, 1000
    for piece in text.split():
        width = 25 * len(piece)
        if runs_backwards(piece):
            made.append(Word(piece, right - width, top, right, top + 40, 90.0, line))
            right -= width + 15
        else:
            made.append(Word(piece, left, top, left + width, top + 40, 90.0, line))
            left += width + 15
    return made


def page_text(layer: bytes) -> str:
    return re.sub(r"\s+", " ", str(pdfium.PdfDocument(layer)[0].get_textpage().get_text_range())).strip()


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_extracted_as_it_was_read(text: str) -> None:
    assert page_text(make_layer(words(text), PAGE)) == text


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("skew", [4.0, -4.0, 12.0])
def test_words_of_leaning_lines_stay_whole(text: str, skew: float) -> None:
    angle = math.radians(skew)
    leaning = []
    for word in words(text):
        corners = [(x - 620, y - 877) for x in (word.left, word.right) for y in (word.top, word.bottom)]
        across = [x * math.cos(angle) + y * math.sin(angle) + 620 for x, y in corners]
        down = [y * math.cos(angle) - x * math.sin(angle) + 877 for x, y in corners]
        leaning.append(Word(word.text, round(min(across)), round(min(down)), round(max(across)), round(max(down)), 90.0, 0))
    layer = make_layer(leaning, UprightPage(1240, 1754, 150.0, skew))
    assert all(word in page_text(layer) for word in text.split())


def test_a_word_lies_over_its_own_box() -> None:
    page = pdfium.PdfDocument(make_layer(words("alone here"), PAGE))[0]
    letters = page.get_textpage()
    left, bottom, _, top = (value * 150 / 72 for value in letters.get_charbox(0))
    right = letters.get_charbox(4)[2] * 150 / 72
    assert (left, right) == pytest.approx((200, 325), abs=2)
    assert (1754 - top, 1754 - bottom) == pytest.approx((300, 340), abs=10)


def test_the_layer_has_the_size_of_the_page_and_draws_nothing() -> None:
    page = pdfium.PdfDocument(make_layer(words("unseen words"), PAGE))[0]
    assert page.get_size() == pytest.approx((1240 * 72 / 150, 1754 * 72 / 150), abs=0.01)
    assert page.render(scale=1, grayscale=True).to_pil().getextrema() == (255, 255)


def test_a_page_without_words_is_an_empty_layer() -> None:
    assert page_text(make_layer([], PAGE)) == ""


def test_a_replacing_layer_shows_the_page_and_holds_its_text() -> None:
    sheet = printed(["visible words"], (1240, 1754))
    layer = make_layer(words("visible words"), PAGE, sheet)
    drawn = pdfium.PdfDocument(layer)[0].render(scale=150 / 72, grayscale=True).to_pil()
    box = drawn.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box == pytest.approx(sheet.point(lambda value: 255 if value < 128 else 0).getbbox(), abs=3)
    assert page_text(layer) == "visible words"


@pytest.mark.parametrize(
    ("image", "bits", "space"),
    [
        (printed().point(lambda value: 255 if value > 127 else 0), 1, "/DeviceGray"),
        (Image.linear_gradient("L"), 8, "/DeviceGray"),
        (Image.new("RGB", (100, 100), "red"), 8, "/DeviceRGB"),
    ],
)
def test_an_image_is_stored_as_small_as_its_kind_allows(image: Image.Image, bits: int, space: str) -> None:
    assert is_bilevel(image) == (bits == 1)
    with pikepdf.open(io.BytesIO(make_layer([], UprightPage(*image.size, 150.0), image))) as pdf:
        stored = pdf.pages[0].Resources.XObject.Page
        assert (int(stored.BitsPerComponent), str(stored.ColorSpace)) == (bits, space)


def test_layers_share_one_font_so_that_a_document_holds_it_once() -> None:
    def font(text: str) -> list[bytes]:
        with pikepdf.open(io.BytesIO(make_layer(words(text), PAGE))) as pdf:
            own = pdf.pages[0].Resources.Font.F
            return [own.ToUnicode.read_bytes(), own.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()]

    assert font("one page") == font("Ελληνικά 中文 another")


def test_letters_beyond_the_first_plane_borrow_codes() -> None:
    rare = rare_letters(["𠜎a", "𝔘"])
    assert rare == "𝔘𠜎"
    assert codes("a𝔘𠜎", rare) == "0061d800d801"
