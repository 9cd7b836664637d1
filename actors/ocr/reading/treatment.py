"""A page turned, straightened, cleaned and scaled for the engine, and its words brought back to where they stand on the page."""

import math
from dataclasses import replace

import numpy as np
from PIL import Image, ImageFilter

from actors.ocr.engines.engine import Reading
from actors.ocr.messages import Word
from actors.ocr.reading.doubt import Treatment

CLOCKWISE = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
BACKGROUND_PIXELS = 16  # the paper is looked at in squares of this size, larger than a stroke and smaller than a shadow


def turn(image: Image.Image, degrees: int) -> Image.Image:
    """Turn a page clockwise by a multiple of 90 degrees."""
    return image.transpose(CLOCKWISE[degrees]) if degrees else image


def treat(upright: Image.Image, treatment: Treatment) -> Image.Image:
    """Prepare a page that is already turned."""
    image = upright
    if treatment.cleaned:
        image = clean(image)
    if treatment.scale != 1.0:
        size = (round(image.width * treatment.scale), round(image.height * treatment.scale))
        image = image.resize(size, Image.Resampling.BICUBIC)
    if treatment.skew:
        image = image.rotate(-treatment.skew, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return image


def clean(grey: Image.Image) -> Image.Image:
    """Even out shadows and drop single specks."""
    small = grey.reduce(BACKGROUND_PIXELS) if min(grey.size) > BACKGROUND_PIXELS else grey
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(3)).resize(grey.size, Image.Resampling.BILINEAR)
    light = np.asarray(grey, np.uint16) * 255 // np.maximum(np.asarray(paper, np.uint16), 1)  # as light as its surroundings: white
    evened = Image.fromarray(np.minimum(light, 255).astype(np.uint8))
    return evened.filter(ImageFilter.MedianFilter(3))


def untreat(reading: Reading, treatment: Treatment, treated: tuple[int, int], upright: tuple[int, int]) -> Reading:
    """Bring the boxes back to the upright page: straightening and scaling undone, clipped to the page."""
    if treatment.skew == 0.0 and treatment.scale == 1.0:
        return reading
    return replace(reading, words=tuple(_untreat(word, treatment, treated, upright) for word in reading.words))


def _untreat(word: Word, treatment: Treatment, treated: tuple[int, int], upright: tuple[int, int]) -> Word:
    angle = math.radians(treatment.skew)
    cosine, sine = math.cos(angle), math.sin(angle)
    corners = []
    for x in (word.left, word.right):
        for y in (word.top, word.bottom):
            across, down = x - treated[0] / 2, y - treated[1] / 2
            corners.append(
                (
                    (across * cosine + down * sine) / treatment.scale + upright[0] / 2,
                    (down * cosine - across * sine) / treatment.scale + upright[1] / 2,
                )
            )
    left, right = (min(max(round(side(x for x, _ in corners)), 0), upright[0]) for side in (min, max))
    top, bottom = (min(max(round(side(y for _, y in corners)), 0), upright[1]) for side in (min, max))
    return replace(word, left=left, top=top, right=right, bottom=bottom)


def turn_words(words: tuple[Word, ...], degrees: int, size: tuple[int, int]) -> tuple[Word, ...]:
    """Turn boxes clockwise with their page of the given size."""
    return tuple(_turn_word(word, degrees, *size) for word in words)


def _turn_word(word: Word, degrees: int, width: int, height: int) -> Word:
    match degrees:
        case 90:
            return replace(word, left=height - word.bottom, top=word.left, right=height - word.top, bottom=word.right)
        case 180:
            return replace(word, left=width - word.right, top=height - word.bottom, right=width - word.left, bottom=height - word.top)
        case 270:
            return replace(word, left=word.top, top=width - word.right, right=word.bottom, bottom=width - word.left)
        case _:
            return word
