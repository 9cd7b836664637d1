"""A page of invisible text, in a font whose glyphs draw nothing: what is copied and searched where the eye sees the scan."""

import io
import math
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from actors.ocr.messages import Word

GLYPH = 4  # of ocrmypdf's font Occulta: blank, half an em wide
EM_WIDTH = 0.5
CODES = 65_536
INVISIBLE = 3
JPEG_QUALITY = 80
LEAST_SIZE = 1.0  # points; viewers can't select smaller type
DESCENT = 0.2  # of a line's height lies below its baseline, as in Occulta's metrics


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


@dataclass(frozen=True, slots=True)
class _Place:
    """A word's box in the straightened frame around the page's centre: `left` to `right`, `top` down to `bottom`."""

    left: float
    top: float
    right: float
    bottom: float


def make_layer(words: Sequence[Word], page: UprightPage, image: Image.Image | None = None) -> bytes:
    """Write a one-page PDF with the words where they stand; with an image, that is drawn below them."""
    width, height = page.points
    with pikepdf.new() as pdf:
        resources = Dictionary(Font=Dictionary(F=_font(pdf)))
        content = b""
        if image is not None:
            resources.XObject = Dictionary(Page=_image(pdf, image))
            content = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q\n".encode()
        content += _text(words, page)
        pdf.pages.append(
            pikepdf.Page(
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Page,
                        MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
                        Resources=resources,
                        Contents=pdf.make_stream(content),
                    )
                )
            )
        )
        output = io.BytesIO()
        pdf.save(output)
    return output.getvalue()


def _text(words: Sequence[Word], page: UprightPage) -> bytes:
    angle = math.radians(page.skew)
    lines = (_line(list(line), page, angle) for _, line in groupby(words, key=lambda word: word.line))
    return f"BT {INVISIBLE} Tr\n{''.join(lines)}ET\n".encode()


def _line(words: list[Word], page: UprightPage, angle: float) -> str:
    """Set the words of a line on one baseline, so that viewers see one line; its height is that of most words."""
    places = [_straighten(word, page, angle) for word in words]
    bottom = max(place.bottom for place in places) if angle == 0 else _middle(place.bottom for place in places)
    size = max(bottom - min(place.top for place in places), 1.0)
    shown = ""
    for position, (word, place) in enumerate(zip(words, places, strict=True)):
        last = position + 1 == len(words)
        shown += _word(word.text if last else f"{word.text} ", len(word.text), place, bottom - DESCENT * size, size, page, angle)
    return shown


def _straighten(word: Word, page: UprightPage, angle: float) -> _Place:
    """Find a word's own box again within the upright box that was drawn around it when the straightening was undone."""
    across, down = (word.left + word.right - page.width) / 2, (word.top + word.bottom - page.height) / 2
    cosine, sine = math.cos(angle), math.sin(angle)
    x, y = across * cosine - down * sine, across * sine + down * cosine
    wide, high, tilt = word.right - word.left, word.bottom - word.top, abs(sine)
    spread = cosine * cosine - tilt * tilt
    width = max((wide * cosine - high * tilt) / spread, 1.0)
    height = max((high * cosine - wide * tilt) / spread, 1.0)
    return _Place(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _word(text: str, letters: int, place: _Place, baseline: float, size: float, page: UprightPage, angle: float) -> str:
    """Show one word, stretched to its box. What is written from right to left also runs that way here, mirrored."""
    backwards = _runs_backwards(text)
    start, direction = (place.right, -1.0) if backwards else (place.left, 1.0)
    cosine, sine = math.cos(angle), math.sin(angle)
    x, y = start * cosine + baseline * sine + page.width / 2, baseline * cosine - start * sine + page.height / 2
    scale = 72 / page.dpi
    points = max(size * scale, LEAST_SIZE)
    stretch = (place.right - place.left) * scale / (letters * EM_WIDTH * points)
    matrix = (direction * cosine * stretch, direction * sine * stretch, -sine, cosine, x * scale, (page.height - y) * scale)
    numbers = " ".join(f"{number:.4f}" for number in matrix)
    return f"/F {points:.2f} Tf {numbers} Tm <{text.encode('utf-16-be').hex()}> Tj\n"


def _runs_backwards(text: str) -> bool:
    return next(
        (direction in {"R", "AL"} for letter in text if (direction := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}), False
    )


def _middle(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


@cache
def _font_parts() -> tuple[bytes, bytes, bytes, int]:
    """Pack what every layer's font holds: the program, the map of all codes to its blank glyph, and the map of all codes to themselves."""
    program = (files("ocrmypdf") / "data" / "Occulta.ttf").read_bytes()
    ranges = "".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in range(256))
    blocks = ranges.splitlines(keepends=True)
    unicode = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
    )
    for first in range(0, len(blocks), 100):  # the format allows a hundred ranges in a block
        part = blocks[first : first + 100]
        unicode += f"{len(part)} beginbfrange\n{''.join(part)}endbfrange\n"
    unicode += "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    glyphs = GLYPH.to_bytes(2, "big") * CODES
    return zlib.compress(program), zlib.compress(glyphs), zlib.compress(unicode.encode()), len(program)


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    program, glyphs, unicode, length = _font_parts()
    name = Name("/SCRIBA+Occulta")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=5,  # fixed pitch, symbolic
        FontBBox=Array([0, -200, 500, 800]),
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=800,
        StemV=80,
        FontFile2=pikepdf.Stream(pdf, program, Filter=Name.FlateDecode, Length1=length),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        DW=round(EM_WIDTH * 1000),
        CIDToGIDMap=pikepdf.Stream(pdf, glyphs, Filter=Name.FlateDecode),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pikepdf.Stream(pdf, unicode, Filter=Name.FlateDecode),
        )
    )


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
