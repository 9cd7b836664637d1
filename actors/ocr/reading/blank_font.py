"""A font that draws nothing and names every letter: all codes share one blank glyph of ocrmypdf's font Occulta."""

import zlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

import pikepdf
from pikepdf import Array, Dictionary, Name

GLYPH = 4  # blank, half an em wide
EM_WIDTH = 0.5
DESCENT = 0.2  # of the type's size lies below its baseline
CODES = 65_536
# Letters beyond 65,536 have no code of their own in such a font: on the pages that use any, they borrow those of the surrogates.
FIRST_RARE = 0xD800
RARE_CODES = 2_048


def rare_letters(texts: Iterable[str]) -> str:
    """Collect the letters that must borrow a code."""
    return "".join(sorted({letter for text in texts for letter in text if ord(letter) >= CODES}))[:RARE_CODES]


def codes(text: str, rare: str) -> str:
    """Write a text in hexadecimal codes of the font that `blank_font` makes for the same rare letters."""
    numbers = (ord(letter) if ord(letter) < CODES else FIRST_RARE + max(rare.find(letter), 0) for letter in text)
    return "".join(f"{number:04x}" for number in numbers)


@lru_cache(maxsize=16)
def _font_parts(rare: str) -> tuple[bytes, bytes, bytes, int]:
    """Pack what every layer's font holds: the program, the map of all codes to its blank glyph, and the map of all codes to themselves."""
    program = (files("ocrmypdf") / "data" / "Occulta.ttf").read_bytes()
    blocks = [
        f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in range(256) if not FIRST_RARE <= high << 8 < FIRST_RARE + RARE_CODES
    ]
    for position, letter in enumerate(rare):
        code = FIRST_RARE + position
        blocks.append(f"<{code:04x}> <{code:04x}> <{letter.encode('utf-16-be').hex()}>\n")
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


def blank_font(pdf: pikepdf.Pdf, rare: str) -> pikepdf.Object:
    """Put the font into a PDF. Without rare letters it is the same for every page, so that a document can hold it once."""
    program, glyphs, unicode, length = _font_parts(rare)
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
