"""Makes the pages of an archive PDF from an image file, without loss where the format allows."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]  # img2pdf ships no types
from PIL import Image, ImageOps

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.bounds import check_pixels
from actors.ocr.files.images import go_to_page, image_dpi, open_image, page_count, without_alpha
from actors.ocr.messages import OcrSettings

JPEG_QUALITY = 90  # for what was lossy before and has no place in a PDF (HEIC, lossy WebP): the eye sees no difference
LONGEST_SIDE_POINTS = 14_400.0  # the largest page that PDF readers show
POINTS_PER_INCH = 72.0
WEBP_LOSSLESS = b"VP8L"
CARRIED = frozenset({"JPEG", "MPO", "PNG", "TIFF"})  # formats whose data img2pdf carries over as it is, or packs without loss
PNG_MODES = frozenset({"1", "L", "P", "RGB", "I;16"})
REFUSALS = (
    img2pdf.ImageOpenError,
    img2pdf.UnsupportedColorspaceError,
    img2pdf.JpegColorspaceError,
    img2pdf.AlphaChannelError,
    img2pdf.NegativeDimensionError,
    img2pdf.ExifOrientationError,
)


def write_image_pdf(path: Path, mime_type: str, settings: OcrSettings, target: Path) -> None:
    """Write a PDF with one page per page of the image file, each of the size that its resolution says."""
    with open_image(path, mime_type) as image, target.open("wb") as file:
        numbers = range(1, page_count(image) + 1)
        resolutions = iter([_resolution(image, number, settings) for number in numbers])
        as_it_is = image.format in CARRIED and not _is_lossy_tiff(image) and not _any_transparent(image, numbers)

        def layout(width: int, height: int, _stated: tuple[float, float]) -> tuple[float, float, float, float]:
            across, down = points(width, height, next(resolutions))
            return across, down, across, down

        try:
            img2pdf.convert(
                [path] if as_it_is else [_Frame(image, number) for number in numbers],
                outputstream=file,
                layout_fun=layout,
                rotation=img2pdf.Rotation.ifvalid,
                first_frame_only=image.format != "TIFF",
                engine=img2pdf.Engine.pikepdf,
            )
        except (*REFUSALS, OSError, ValueError, SyntaxError) as error:
            raise DocumentUnreadable("The image is damaged or of a rare kind: no archive version could be made of it.") from error


def points(width: int, height: int, resolution: tuple[float, float]) -> tuple[float, float]:
    """Tell the size of a page from its pixels, at most as large as readers show."""
    across, down = width * POINTS_PER_INCH / resolution[0], height * POINTS_PER_INCH / resolution[1]
    shrink = min(1.0, LONGEST_SIDE_POINTS / max(across, down))
    return across * shrink, down * shrink


class _Frame:
    """One frame as a file that a PDF can carry, made when it is asked for: a hundred at once would not fit in memory."""

    def __init__(self, image: Image.Image, number: int) -> None:
        self._image = image
        self._number = number

    def read_bytes(self) -> bytes:
        go_to_page(self._image, self._number)
        copy = BytesIO()
        opaque = without_alpha(ImageOps.exif_transpose(self._image))
        if self._image.format == "HEIF" or _is_lossy_tiff(self._image) or _is_lossy_webp(self._image):
            (opaque if opaque.mode == "L" else opaque.convert("RGB")).save(copy, format="JPEG", quality=JPEG_QUALITY)
        else:
            (opaque if opaque.mode in PNG_MODES else opaque.convert("RGB")).save(copy, format="PNG")
        return copy.getvalue()


def _resolution(image: Image.Image, number: int, settings: OcrSettings) -> tuple[float, float]:
    go_to_page(image, number)
    check_pixels(image.width, image.height, settings.max_pixels)
    return image_dpi(image, settings.image_dpi)


def _any_transparent(image: Image.Image, numbers: Iterable[int]) -> bool:
    """Tell whether a frame is transparent: an archive page is paper."""
    for number in numbers:
        go_to_page(image, number)
        if image.has_transparency_data:
            return True
    return False


def _is_lossy_tiff(image: Image.Image) -> bool:
    """Tell a TIFF of JPEG data: carried over it would be unpacked, to three times its size."""
    return image.format == "TIFF" and image.info.get("compression") in {"jpeg", "tiff_jpeg"}


def _is_lossy_webp(image: Image.Image) -> bool:
    if image.format != "WEBP":
        return False
    with Path(str(getattr(image, "filename", ""))).open("rb") as file:
        return WEBP_LOSSLESS not in file.read(64)
