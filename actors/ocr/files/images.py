"""Opens image files: one fixed decoder per type, a bound on pixels before any is decoded, pages as frames."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile, UnidentifiedImageError
from pillow_heif import register_heif_opener

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.mime_types import IMAGE_FORMATS

register_heif_opener()
# Pillow's own bound is a third of ours and only warns; `bounds.check_pixels` stands before every decoding.
Image.MAX_IMAGE_PIXELS = None
A4_LONG_SIDE_INCHES = 11.69
PLAUSIBLE_DPI = range(40, 4_801)  # 1 dpi and 65,535 dpi stand in real files and mean "unknown"


def open_image(path: Path, mime_type: str) -> Image.Image:
    """Open an image without decoding it."""
    try:
        return Image.open(path, formats=[IMAGE_FORMATS[mime_type]])
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise DocumentUnreadable("The image is damaged: nothing can be made of it.") from error


def page_count(image: Image.Image) -> int:
    """Count the pages: the frames of a TIFF. Of an animation, and of a photo with its preview, only the first frame is a page."""
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def go_to_page(image: Image.Image, number: int) -> None:
    """Make page `number` (from 1) the one that the image shows."""
    try:
        image.seek(number - 1)
    except (EOFError, OSError, ValueError, SyntaxError) as error:
        raise DocumentUnreadable(f"The image is damaged: it has no readable page {number}.") from error


def image_dpi(image: Image.Image, chosen: int) -> tuple[float, float]:
    """Tell the resolution across and down: as chosen, as the file says, else so that the page is as long as A4."""
    if chosen:
        return float(chosen), float(chosen)
    across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
    if int(across) in PLAUSIBLE_DPI and int(down) in PLAUSIBLE_DPI:
        return across, down
    guess = max(max(image.size) / A4_LONG_SIDE_INCHES, float(PLAUSIBLE_DPI.start))
    return guess, guess


def without_alpha(image: Image.Image) -> Image.Image:
    """Lay a transparent image on white paper; others come back as they are."""
    if not image.has_transparency_data:
        return image
    layers = image.convert("RGBA")
    paper = Image.new("RGBA", layers.size, "white")
    return Image.alpha_composite(paper, layers).convert("RGB")


@contextmanager
def tolerating_truncation() -> Iterator[None]:
    """Let Pillow decode what there is of an image that breaks off."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def frame_bytes(image: Image.Image) -> bytes:
    """Write the frame shown as a TIFF of its own, without loss."""
    copy = BytesIO()
    compression = "group4" if image.mode == "1" else "packbits"  # a quarter of deflate's time; the frame only travels
    try:
        image.save(copy, format="TIFF", compression=compression, dpi=image_dpi(image, 0))
    except (OSError, ValueError, SyntaxError) as error:
        raise DocumentUnreadable("The image is damaged: a page of it can't be decoded.") from error
    return copy.getvalue()
