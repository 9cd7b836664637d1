"""A scanner of any quality, and what Tesseract makes of its pictures."""

import io
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from actors.ocr.messages import EngineName, OcrSettings, PageSource, ReadPage
from actors.ocr.reading.reading import read_page
from tests.ocr.papers import TYPEFACE
from tests.similarity.templates import Page

A4_INCHES = (8.27, 11.69)
MARGIN = 0.8


class Quality(StrEnum):
    """How well a paper is scanned."""

    CLEAN = "clean"
    OFFICE = "office"
    POOR = "poor"
    PHONE = "phone"
    FAX = "fax"


@dataclass(frozen=True, slots=True)
class Look:
    """What a scanner does to a page: `grain` is the deviation of each pixel, `shade` how much darker one side is, both of 255."""

    dpi: int
    lean: float
    blur: float
    grain: float
    shade: float
    jpeg: int
    two_tone: bool = False


LOOKS = {
    Quality.CLEAN: Look(300, 0.2, 0.0, 3, 0, 90),
    Quality.OFFICE: Look(200, 0.7, 0.5, 10, 8, 60),
    Quality.POOR: Look(130, 1.2, 0.7, 18, 16, 35),
    Quality.PHONE: Look(170, 1.5, 0.7, 12, 40, 50),
    Quality.FAX: Look(150, 0.8, 0.9, 30, 0, 90, two_tone=True),
}


def sheet(page: Page, dpi: int, stamp: str = "") -> Image.Image:
    """Print a page, with a stamp across it where one is given."""
    width, height = (round(side * dpi) for side in A4_INCHES)
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(TYPEFACE, round(0.145 * dpi))
    top = MARGIN * dpi
    for line in page:
        for part in folded(line):
            draw.text((MARGIN * dpi, top), part, fill=20, font=font)
            top += 0.24 * dpi
    if stamp:
        draw.text((4.6 * dpi, 10.6 * dpi), stamp, fill=60, font=ImageFont.truetype(TYPEFACE, round(0.2 * dpi)))
    return image


def folded(line: str, width: int = 88) -> list[str]:
    """Break a line that is too long for the paper."""
    parts = [""]
    for word in line.split(" "):
        if len(parts[-1]) + len(word) > width:
            parts.append("")
        parts[-1] += word + " "
    return parts


def scan(page: Page, quality: Quality, seed: int, stamp: str = "") -> Image.Image:
    """Lay a page on the glass; the same seed lays it the same way."""
    look, chance, grain = LOOKS[quality], random.Random(seed), np.random.default_rng(seed)
    image = sheet(page, look.dpi, stamp)
    lean = chance.uniform(-look.lean, look.lean)
    soft = ImageFilter.GaussianBlur(look.blur * chance.uniform(0.8, 1.2))
    image = image.rotate(lean, Image.Resampling.BICUBIC, fillcolor=255).filter(soft)
    pixels = np.asarray(image, dtype=np.float64)
    slope = np.linspace(0, look.shade, pixels.shape[1])[None, :: chance.choice((1, -1))]
    pixels = pixels * chance.uniform(0.9, 1.0) - slope + grain.normal(0, look.grain, pixels.shape)
    if look.two_tone:
        pixels = np.where(pixels > 150, 255.0, 0.0)
    packed = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(packed, "JPEG", quality=look.jpeg, dpi=(look.dpi, look.dpi))
    return Image.open(packed)


def packed(image: Image.Image) -> bytes:
    """Give a scan as the JPEG that it is."""
    output = io.BytesIO()
    image.save(output, "JPEG", quality=95, dpi=image.info["dpi"])
    return output.getvalue()


def read(pages: Sequence[Page], quality: Quality, seed: int, stamp: str = "", language: str = "eng") -> str:
    """Scan pages, and read them as every page of the archive is read."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    settings = OcrSettings(languages=(language,), engine=EngineName.TESSEROCR)
    texts = []
    for number, page in enumerate(pages, 1):
        picture = packed(scan(page, quality, seed * 31 + number, stamp if number == 1 else ""))
        texts.append(read_page(ReadPage(PageSource(number, picture, "image/jpeg"), settings)).text)
    return "\n".join(texts)
