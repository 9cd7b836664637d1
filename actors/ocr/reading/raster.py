"""One page made into pixels, once: everything else works on this raster."""

import io
import math
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # likewise
from PIL import Image, ImageFile, ImageOps, ImageSequence
from pillow_heif import register_heif_opener

from actors.ocr.errors import PageUnreadable
from actors.ocr.messages import Notice, OcrSettings, PageSource

register_heif_opener()

PDF = "application/pdf"
LEAST_DPI = 150.0
MOST_DPI = 400.0
# Pages of 150 dpi, drawn at 300, had half the median word errors; those of 200 dpi gained nothing and took a third longer.
ENOUGH_DPI = 200.0
# Tesseract counts pixels in 16 bits, and needs about 20 bytes for each: 60 million hold an A1 sheet at 270 dpi and stay near 1 GB.
MOST_SIDE = 32_000
MOST_PIXELS = 60_000_000
SHEET_INCHES = 8.27  # the short side of A4: what a picture without a resolution is taken for
PLAUSIBLE_DPI = (90.0, 2_500.0)
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as it was given, in upright pixels as its file says: mode L, or RGB where colours were wanted. `dpi` is of these pixels."""

    image: Image.Image
    dpi: float
    notices: tuple[Notice, ...] = ()

    @property
    def grey(self) -> Image.Image:
        """Show the page without colours."""
        return self.image if self.image.mode == "L" else self.image.convert("L")


def rasterise(source: PageSource, settings: OcrSettings, *, colours: bool, most_dpi: float = MOST_DPI) -> Raster:
    """Make a page's raster. Raises PageUnreadable."""
    return (
        _rasterise_pdf(source.data, settings, most_dpi, colours=colours)
        if source.media_type == PDF
        else _decode(source.data, settings, colours=colours)
    )


def fitting_scale(width: float, height: float, most_pixels: float) -> float:
    """Say by how much (at most 1) a page must shrink to be read."""
    return min(1.0, math.sqrt(most_pixels / (width * height)), MOST_SIDE / max(width, height))


def page_dpi(wanted: float, image_dpi: float | None, most_dpi: float = MOST_DPI) -> float:
    """Choose the resolution for a PDF page; `image_dpi` is that of a scan that fills it. More pixels than the scan has only cost time."""
    wanted = min(max(wanted, LEAST_DPI), most_dpi)
    return wanted if image_dpi is None or image_dpi < ENOUGH_DPI else min(wanted, image_dpi)


def guessed_dpi(width: int, height: int) -> float:
    """Guess the resolution of a picture that doesn't say: as if it were a sheet of paper."""
    return min(max(min(width, height) / SHEET_INCHES, PLAUSIBLE_DPI[0]), MOST_DPI)


def _rasterise_pdf(data: bytes, settings: OcrSettings, most_dpi: float, *, colours: bool) -> Raster:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise PageUnreadable(f"the page can't be opened: {error}") from error
    try:
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
        page = document[0]
        width, height = (max(1.0, side / 72) for side in page.get_size())
        wanted = page_dpi(settings.dpi, _scan_dpi(page), most_dpi)
        dpi = wanted * fitting_scale(width * wanted, height * wanted, min(MOST_PIXELS, settings.max_pixels))
        bitmap = page.render(scale=dpi / 72, grayscale=not colours, prefer_bgrx=False, rev_byteorder=True)
        image = bitmap.to_pil()
    except (pdfium.PdfiumError, IndexError, ValueError) as error:
        raise PageUnreadable(f"the page can't be drawn: {error}") from error
    finally:
        document.close()
    return Raster(image.copy() if image.mode in {"L", "RGB"} else image.convert("RGB"), dpi)


def _scan_dpi(page: pdfium.PdfPage) -> float | None:
    """Find the resolution of the image that covers most of a page, if one does."""
    page_area = math.prod(page.get_size())
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = item.get_bounds()
        area = (right - left) * (top - bottom)
        if area > 0.8 * page_area:
            pixels = math.prod(item.get_px_size())
            return 72 * math.sqrt(pixels / area)
    return None


def _decode(data: bytes, settings: OcrSettings, *, colours: bool) -> Raster:
    image, notices = _open_image(data, settings)
    across, down = _file_dpi(image)
    image = ImageOps.exif_transpose(image)
    image = on_white(image, "RGB" if colours else "L")
    width, height = image.size
    if not across or not down:
        across = down = float(settings.image_dpi) or guessed_dpi(width, height)
    dpi = max(across, down)
    scale = fitting_scale(width * dpi / across, height * dpi / down, min(MOST_PIXELS, settings.max_pixels))
    scale = min(scale, max(MOST_DPI, settings.dpi) / dpi)
    size = (max(1, round(width * dpi / across * scale)), max(1, round(height * dpi / down * scale)))
    if size != image.size:
        image = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return Raster(image, dpi * scale, notices)


def _open_image(data: bytes, settings: OcrSettings) -> tuple[Image.Image, tuple[Notice, ...]]:
    """Decode a picture; where it breaks off, what there is of it, with a notice."""
    try:
        image = _load(data, settings)
    except OSError as error:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            image = _load(data, settings)
        except (OSError, SyntaxError, ValueError, EOFError) as second:
            raise PageUnreadable(f"the image can't be decoded: {second}") from second
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        return image, (Notice("image-damaged", f"the image is damaged and may lack parts: {error}"),)
    except (SyntaxError, ValueError, EOFError) as error:  # how Pillow's readers report broken files besides OSError
        raise PageUnreadable(f"the image can't be decoded: {error}") from error
    return image, ()


def _load(data: bytes, settings: OcrSettings) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit is lower than ours, which is checked before anything is decoded
    image = Image.open(io.BytesIO(data))
    pixels = image.width * image.height
    if pixels > settings.max_pixels:
        raise PageUnreadable(f"the image has {pixels // MILLION} million pixels, more than {settings.max_pixels // MILLION}")
    first = next(ImageSequence.Iterator(image)) if getattr(image, "is_animated", False) else image
    first.load()
    return first


def _file_dpi(image: Image.Image) -> tuple[float, float]:
    """Read the resolution that a file states, (0, 0) where it states none or nonsense."""
    stated = image.info.get("dpi", (0, 0))
    across, down = (float(value) for value in stated)
    least, most = PLAUSIBLE_DPI
    plausible = least <= across <= most and least <= down <= most
    return (across, down) if plausible else (0.0, 0.0)


def on_white(image: Image.Image, mode: str) -> Image.Image:
    """Bring any kind of picture to 8-bit grey (L) or RGB, with what is transparent on white."""
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        image = _to_8_bits(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image if image.mode == mode else image.convert("RGB").convert(mode)


def _to_8_bits(image: Image.Image) -> Image.Image:
    """Scale 16 and 32 bits down; pictures that use only 8 of their bits stay as they are, and fractions fill the range."""
    values = np.asarray(image).astype(np.float64)
    top = values.max(initial=0.0)
    full = 1.0 if image.mode == "F" and top <= 1 else 255.0 if top <= 255 else 65_535.0
    return Image.fromarray((np.clip(values / full, 0, 1) * 255).astype(np.uint8), "L")
