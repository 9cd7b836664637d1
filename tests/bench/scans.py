"""Scanned pages for the bench: English prose as a scanner of 300 dpi sees it, the same for the same seed."""

import random
from io import BytesIO
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]  # it carries no types
import numpy as np
from PIL import Image, ImageDraw, ImageFont

DPI = 300
SIZE = (2480, 3508)
MARGIN = 260
LINE_PIXELS = 66
TYPE_PIXELS = 46
WORDS = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you "
    "were all her she there would their we him been has when who will no more if out so up said what its about than into them "
    "can only other time new some could these two may first then do any like my now over such our man me even most made after "
    "also did many before must through years where much your way well down should because each just state people too little "
    "good very still great being work life house under water number part please find invoice attached account payment amount "
    "total date customer order delivery contract insurance policy office street letter received return address telephone "
    "company service month year quarter balance interest rate report meeting project office garden market "
).split()


def page_text(seed: int, lines: int = 44) -> list[str]:
    """Write the lines of one page; a word of its own stands in the first."""
    chance = random.Random(seed)
    written = [f"Page mark unique{seed:05d}x of this archive."]
    while len(written) < lines:
        line = ""
        while len(line) < 66:
            line += chance.choice(WORDS) + " "
        written.append(line.strip().capitalize() + ".")
    return written


def page_image(seed: int, lines: int = 44) -> Image.Image:
    """Draw one page: grey, a little noise, never quite straight."""
    chance = random.Random(seed)
    image = Image.new("L", SIZE, 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(TYPE_PIXELS)
    for number, line in enumerate(page_text(seed, lines)):
        draw.text((MARGIN, MARGIN + number * LINE_PIXELS), line, fill=25, font=font)
    image = image.rotate(chance.uniform(-0.4, 0.4), resample=Image.Resampling.BICUBIC, fillcolor=250)
    noise = np.random.default_rng(seed).normal(0, 6, (SIZE[1], SIZE[0]))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


def page_jpeg(seed: int, lines: int = 44) -> bytes:
    """Scan one page."""
    with BytesIO() as jpeg:
        page_image(seed, lines).save(jpeg, "JPEG", quality=80, dpi=(DPI, DPI))
        return jpeg.getvalue()


def write_scan(path: Path, seeds: range) -> None:
    """Write a scanned PDF with a page for each seed."""
    path.write_bytes(img2pdf.convert([page_jpeg(seed) for seed in seeds]))
