"""A page of invisible text: what is copied and searched where the eye sees the scan."""

import io
import math
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from actors.ocr.messages import Word
from actors.ocr.reading.blank_font import DESCENT, EM_WIDTH, blank_font, codes, rare_letters

INVISIBLE = 3
JPEG_QUALITY = 80
LEAST_SIZE = 1.0  # points; viewers can't select smaller type


@dataclass(frozen=True, slots=True)
class UprightPage:
    """The page that a layer is for: pixels, resolution, and the clockwise degrees by which its lines would have to be straightened."""

    width: int
    height: int
    dpi: float
    skew: float = 0.0

    @property
    def points(self) -> tuple[float, float]:
        """Measure the page in PDF points."""
        return self.width * 72 / self.dpi, self.height * 72 / self.dpi


def make_layer(words: Sequence[Word], page: UprightPage, image: Image.Image | None = None) -> bytes:
    """Write a one-page PDF with the words where they stand; with an image, that is drawn below them."""
    width, height = page.points
    rare = rare_letters(word.text for word in words)
    content = _Typesetter(page, rare).set(words)
    with pikepdf.new() as pdf:
        resources = Dictionary(Font=Dictionary(F=blank_font(pdf, rare)))
        if image is not None:
            resources.XObject = Dictionary(Page=_image(pdf, image))
            content = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q\n{content}"
        sheet = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
            Resources=resources,
            Contents=pdf.make_stream(content.encode()),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(sheet)))
        output = io.BytesIO()
        pdf.save(output)
    return output.getvalue()


@dataclass(frozen=True, slots=True)
class _Place:
    """A word's own box in the straightened frame around the page's centre."""

    left: float
    top: float
    right: float
    bottom: float


class _Typesetter:
    """Sets words as PDF text, each stretched to its box, the words of a line on one baseline."""

    def __init__(self, page: UprightPage, rare: str) -> None:
        self._page = page
        self._rare = rare
        self._scale = 72 / page.dpi
        self._cosine, self._sine = math.cos(math.radians(page.skew)), math.sin(math.radians(page.skew))

    def set(self, words: Sequence[Word]) -> str:
        """Set all lines."""
        lines = (self._line(list(line)) for _, line in groupby(words, key=lambda word: word.line))
        return f"BT {INVISIBLE} Tr\n{''.join(lines)}ET\n"

    def _line(self, words: list[Word]) -> str:
        places = [self._place(word) for word in words]
        bottoms = sorted(place.bottom for place in places)
        bottom = bottoms[-1] if not self._sine else bottoms[len(bottoms) // 2]  # boxes brought back from straightening are only near
        size = max(bottom - min(place.top for place in places), 1.0)
        baseline = bottom - DESCENT * size
        spaces = [" "] * (len(words) - 1) + [""]
        return "".join(
            self._word(word.text, space, place, baseline, size) for word, space, place in zip(words, spaces, places, strict=True)
        )

    def _place(self, word: Word) -> _Place:
        """Find a word's own box again within the upright box that was drawn around it when the straightening was undone."""
        across, down = (word.left + word.right - self._page.width) / 2, (word.top + word.bottom - self._page.height) / 2
        x, y = across * self._cosine - down * self._sine, across * self._sine + down * self._cosine
        wide, high, tilt = word.right - word.left, word.bottom - word.top, abs(self._sine)
        spread = self._cosine**2 - tilt**2
        width = max((wide * self._cosine - high * tilt) / spread, 1.0)
        height = max((high * self._cosine - wide * tilt) / spread, 1.0)
        return _Place(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def _word(self, text: str, space: str, place: _Place, baseline: float, size: float) -> str:
        """Set a word level, at its place on a leaning line: some viewers tear leaning words apart.

        What is written from right to left also runs that way here, mirrored.
        """
        start, direction = (place.right, -1) if runs_backwards(text) else (place.left, 1)
        x = start * self._cosine + baseline * self._sine + self._page.width / 2
        y = self._page.height / 2 - baseline * self._cosine + start * self._sine
        points = max(size * self._scale, LEAST_SIZE)
        stretch = direction * (place.right - place.left) * self._scale / (len(text) * EM_WIDTH * points)
        shown = codes(text + space, self._rare)
        return f"/F {points:.2f} Tf {stretch:.4f} 0 0 1 {x * self._scale:.3f} {y * self._scale:.3f} Tm <{shown}> Tj\n"


def runs_backwards(text: str) -> bool:
    """Tell from its first letter with a direction whether a word is written from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((direction in {"R", "AL"} for direction in directions if direction in {"L", "R", "AL"}), False)


def _image(pdf: pikepdf.Pdf, image: Image.Image) -> pikepdf.Object:
    """Store a page's image: black and white as it is, anything else as JPEG."""
    if is_bilevel(image):
        bits = image.convert("1", dither=Image.Dither.NONE)
        data, facts = zlib.compress(bits.tobytes(), 6), {"Filter": Name.FlateDecode, "BitsPerComponent": 1}
        space = Name.DeviceGray
    else:
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=JPEG_QUALITY)
        data, facts = packed.getvalue(), {"Filter": Name.DCTDecode, "BitsPerComponent": 8}
        space = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
    return pikepdf.Stream(
        pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, ColorSpace=space, **facts
    )


def is_bilevel(image: Image.Image) -> bool:
    """Tell whether a page is ink on paper with almost nothing between, as a fax is."""
    if image.mode != "L":
        return False
    counts = image.histogram()
    return sum(counts[:16]) + sum(counts[240:]) > 0.995 * image.width * image.height
