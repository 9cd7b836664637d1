"""The small picture of a page that lists show."""

import io

from PIL import Image

WIDTH = 400
HEIGHT = 1_200  # a till receipt must not become a picture of ten thousand pixels
QUALITY = 75
METHOD = 2  # of 0–6: more effort takes twice the time for a twentieth of the size


def make_thumbnail(page: Image.Image) -> bytes:
    """Draw a page as WebP, at most 400 pixels wide and never larger than it is."""
    small = page.copy() if page.width <= WIDTH and page.height <= HEIGHT else _shrink(page)
    output = io.BytesIO()
    small.save(output, "WEBP", quality=QUALITY, method=METHOD)
    return output.getvalue()


def _shrink(page: Image.Image) -> Image.Image:
    scale = min(WIDTH / page.width, HEIGHT / page.height)
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    return page.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
